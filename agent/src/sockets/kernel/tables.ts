/** Where the kernel tells of its TCP sockets: only Linux does, in proc(5). */
import { readFile } from 'node:fs/promises';
import type { Family } from '@socket-playground/shared/events/address.ts';

export interface TcpTable {
  readonly rows: string;
  /** The longest queue that listen(2) gives: a larger backlog is cut to it. */
  readonly longestQueue: number;
}

/** Reads the table of one family's sockets; null when the kernel does not tell. */
export type ReadTable = (family: Family) => Promise<TcpTable | null>;

const files = { inet: '/proc/net/tcp', inet6: '/proc/net/tcp6' } as const;

const readProc: ReadTable = async (family) => {
  try {
    const [rows, most] = await Promise.all([
      readFile(files[family], 'latin1'),
      readFile('/proc/sys/net/core/somaxconn', 'latin1'),
    ]);
    return { rows, longestQueue: Number(most) };
  } catch {
    // A locked down system without /proc: what cannot be seen is not guessed.
    return null;
  }
};

const untold: ReadTable = () => Promise.resolve(null);

export const readTable: ReadTable = process.platform === 'linux' ? readProc : untold;
