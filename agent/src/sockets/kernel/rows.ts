/**
 * `/proc/net/tcp` and `/proc/net/tcp6`: a header, then one line a socket (proc(5), the kernel's proc_net_tcp.rst):
 *
 *     sl: local remote st tx_queue:rx_queue tr:when retrnsmt uid timeout inode …
 */
import type { ConnectionState, KernelTimer, TcpState } from '@socket-playground/shared/kernel/view.ts';

export interface TcpRow {
  readonly state: TcpState;
  /** Of a listener: connections that wait to be accepted. */
  readonly receiveQueue: number;
  readonly sendQueue: number;
  readonly timer: KernelTimer | null;
  /** 0 for what no process holds: TIME_WAIT, what was closed, what was not accepted yet. */
  readonly inode: number;
}

/** By the kernel's numbers (tcp_states.h), from 1 on; 12 is a SYN_RECV too. */
const states: readonly (ConnectionState | 'LISTEN')[] = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RECV',
];

/** By the number in front of the timer; 0 is none. */
const timers = ['retransmit', 'keep-alive', 'forget', 'probe'] as const;
/** Of all times in /proc (USER_HZ). */
const ticksPerSecond = 100;

const row =
  /^ ?([0-9A-F]{2}) ([0-9A-F]+):([0-9A-F]+) ([0-9A-F]{2}):([0-9A-F]+) [0-9A-F]+ +[0-9]+ +[0-9]+ ([0-9]+) /;

/** The rows whose two ends are wanted, by these ends. What is no table has no rows; nothing in it throws. */
export function rowsOf(table: string, isWanted: (ends: string) => boolean): Map<string, TcpRow> {
  const rows = new Map<string, TcpRow>();
  for (const line of table.split('\n')) {
    const start = line.indexOf(': ') + 2;
    const end = line.indexOf(' ', line.indexOf(' ', start) + 1);
    const ends = line.slice(start, end);
    if (!isWanted(ends)) continue;
    const found = readRow(line.slice(end));
    if (found !== null) rows.set(ends, found);
  }
  return rows;
}

function readRow(text: string): TcpRow | null {
  const [, state = '', sendQueue = '', receiveQueue = '', timer = '', ticks = '', inode = ''] =
    row.exec(text) ?? [];
  const name = states[parseInt(state, 16) - 1];
  if (name === undefined) return null;
  return {
    state: name,
    sendQueue: parseInt(sendQueue, 16),
    receiveQueue: parseInt(receiveQueue, 16),
    timer: timerOf(parseInt(timer, 16), parseInt(ticks, 16)),
    inode: Number(inode),
  };
}

function timerOf(number: number, ticks: number): KernelTimer | null {
  const kind = timers[number - 1];
  return kind === undefined ? null : { kind, seconds: ticks / ticksPerSecond };
}
