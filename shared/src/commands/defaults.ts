/** Connections that may wait to be accepted when a command does not say: enough that a burst is not made to retry (listen(2)). */
export const defaultBacklog = 511;
