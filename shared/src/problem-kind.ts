import type { SocketType } from './events/address.ts';

/** What a coded problem is made of: its HTTP status, and what it says of the case at hand. */
export interface ProblemKind<Context> {
  readonly status: number;
  say(context: Context): { readonly message: string; readonly hint: string };
}

export const kind = <Context>(status: number, say: ProblemKind<Context>['say']): ProblemKind<Context> => ({
  status,
  say,
});

export interface Socket {
  socket: number;
}
export interface Target {
  host: string;
  port: number;
}
export interface Field {
  message: string;
  hint: string;
}
/** What waits to be sent. Only streams tell when nothing waits any more. */
export interface Queue extends Socket {
  socketType: SocketType;
  queued: number;
  most: number;
  of: 'byte' | 'datagram';
}
