/**
 * How many file descriptors this process may still open (getrlimit(2), RLIMIT_NOFILE). Linux tells, others do not: there
 * nobody looks ahead.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';

export interface Descriptors {
  /** The most that may be open at once. */
  readonly most: number;
  /** How many are open: one system call, since Linux 6.2 one that does not grow with their number. */
  open(): number;
}

const folder = '/proc/self/fd';
const softLimit = /^Max open files\s+(\d+)/m;

/** Null where this cannot be known, or where there is no limit. */
export function ownDescriptors(): Descriptors | null {
  try {
    const most = softLimit.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return most === undefined ? null : { most: Number(most), open };
  } catch {
    return null; // No /proc: macOS, Windows.
  }
}

/** The size of the folder is their number since Linux 6.2, and 0 before (proc_pid_fd(5)). */
function open(): number {
  try {
    const { size } = statSync(folder);
    return size > 0 ? size : readdirSync(folder).length;
  } catch {
    return Number.POSITIVE_INFINITY; // To list them takes a descriptor, and none is left.
  }
}
