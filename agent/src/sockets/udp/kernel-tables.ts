/** Where the kernel counts the datagrams it could not deliver: only Linux tells, in proc(5). */
import { readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Family } from '@socket-playground/shared/events/address.ts';

export interface KernelTables {
  /** The datagram sockets of one family, as `drop-table.ts` reads them; empty when the kernel does not tell. */
  read(family: Family): Promise<Uint8Array>;
  /** The number by which the table names the socket of this descriptor, or null. */
  inodeOf(descriptor: number): number | null;
}

const files = { inet: '/proc/net/udp', inet6: '/proc/net/udp6' } as const;
const nothing = new Uint8Array(0);

const procTables: KernelTables = {
  // A kernel without IPv6 has no udp6, a locked down one no /proc: what cannot be seen is not guessed.
  read: (family) => readFile(files[family]).catch(() => nothing),
  inodeOf: (descriptor) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${descriptor}`))?.[1];
      return inode === undefined ? null : Number(inode);
    } catch {
      return null;
    }
  },
};

/** The tables of this system, or null where there are none. */
export const kernelTables: KernelTables | null = process.platform === 'linux' ? procTables : null;
