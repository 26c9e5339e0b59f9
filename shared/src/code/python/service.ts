/** What a behaviour is in Python: what it does with one client. `conn` is the connection, `peer` its address. */
import type { Role } from '../plan.ts';

/** A line, and what the events that belong to it were. */
export interface Piece {
  readonly text: string;
  readonly of: readonly Role[];
}

export interface Service {
  readonly imports: readonly string[];
  /** Lines that stand before the program. */
  readonly functions: readonly string[];
  readonly body: readonly Piece[];
  /** Clients hear each other: each needs a thread. */
  readonly isRoom: boolean;
  /** A line of its own ends the stream; else the end of the block does. */
  readonly ends: boolean;
}

export const piece = (text: string, ...of: readonly Role[]): Piece => ({ text, of });

const plain = { imports: [], functions: [], isRoom: false, ends: false } as const;

export const service = (body: readonly Piece[], more: Partial<Omit<Service, 'body'>> = {}): Service => ({
  ...plain,
  ...more,
  body,
});

/** FIN; what the client still says is read and forgotten: to close before that would be an RST (RFC 1122 §4.2.2.13). */
export const lingering = (ask: number, ...read: readonly Role[]): readonly Piece[] => [
  piece('conn.shutdown(socket.SHUT_WR)', 'finished'),
  piece(`while conn.recv(${ask}):`, ...read),
  piece('    pass'),
];
