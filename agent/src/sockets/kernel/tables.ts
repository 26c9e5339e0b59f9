/** Where the kernel tells of its TCP sockets: only Linux does, in proc(5). */
import { readFile } from 'node:fs/promises';

export interface TcpTables {
  /** `/proc/net/tcp` and `/proc/net/tcp6`, one after the other. */
  readonly rows: string;
  /** The longest queue that listen(2) gives: a larger backlog is cut to it. */
  readonly longestQueue: number;
}

/** Reads the tables; null when the kernel does not tell. */
export type ReadTables = () => Promise<TcpTables | null>;

const nothing = '';

async function readProc(): Promise<TcpTables | null> {
  try {
    const [v4, v6, most] = await Promise.all([
      readFile('/proc/net/tcp', 'latin1'),
      // A kernel without IPv6 has no tcp6.
      readFile('/proc/net/tcp6', 'latin1').catch(() => nothing),
      readFile('/proc/sys/net/core/somaxconn', 'latin1'),
    ]);
    return { rows: v4 + v6, longestQueue: Number(most) };
  } catch {
    // A locked down system without /proc: what cannot be seen is not guessed.
    return null;
  }
}

const untold: ReadTables = () => Promise.resolve(null);

export const readTables: ReadTables = process.platform === 'linux' ? readProc : untold;
