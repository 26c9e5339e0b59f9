/** What a lesson may need of the machine it runs on; the agent says which of it there is. */
export const capabilities = ['lowPorts', 'expose', 'proc', 'loopbackRange', 'manualAccept'] as const;
export type Capability = (typeof capabilities)[number];
