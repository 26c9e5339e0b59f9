/** The exception that Python raises for a code of the kernel or the resolver (PEP 3151). */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'ConnectionRefusedError'],
  ['ECONNRESET', 'ConnectionResetError'],
  ['ECONNABORTED', 'ConnectionAbortedError'],
  ['EPIPE', 'BrokenPipeError'],
  ['ETIMEDOUT', 'TimeoutError'],
  ['EACCES', 'PermissionError'],
  ['EPERM', 'PermissionError'],
  ['ENOTFOUND', 'socket.gaierror'],
]);

export const exceptionOf = (code: string): string =>
  exceptions.get(code) ?? (code.startsWith('EAI_') ? 'socket.gaierror' : 'OSError');
