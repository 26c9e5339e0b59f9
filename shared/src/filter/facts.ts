/** What a filter can know of a row. */
import type { Address, SocketType } from '../events/address.ts';
import type { FilterDirection } from './ast.ts';

export interface Facts {
  readonly seq: number;
  /** Nanoseconds since the run began. */
  readonly time: number;
  readonly socket: number | null;
  readonly type: string;
  /** Source and destination, as far as they are known. */
  readonly ends: readonly Address[];
  /** Which way bytes went; null for what moves none. */
  readonly direction: FilterDirection | null;
  readonly transport: SocketType | null;
  /** What the payload looks like: names of dissectors. Costs something: only `proto` reads it. */
  readonly protocols: readonly string[];
  /** Bytes that were moved; null for what moves none. */
  readonly size: number | null;
  /** The payload, or its first bytes; null for what has none. */
  readonly bytes: Uint8Array | null;
  /** Whether there may be more of it elsewhere. */
  readonly isCut: boolean;
  /** What the row says, where it has no payload. */
  readonly words: string;
}
