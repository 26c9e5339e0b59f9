/** What a socket went through, without what differs from one run to the next: ports, and where a stream was cut. */
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';

interface Moved {
  readonly type: 'sent' | 'received';
  readonly size: number;
  readonly data: string;
}
export type Told = Moved | { readonly type: string; readonly by?: string; readonly code?: string };

/** Timing alone decides about these. */
const passing = new Set(['blocked', 'drained', 'paused', 'resumed', 'behaving', 'option-set']);

function tell(event: SocketEvent): Told {
  switch (event.type) {
    case 'sent':
    case 'received':
      return { type: event.type, size: event.size, data: Buffer.from(event.data).toString('latin1') };
    case 'ended':
    case 'reset':
      return { type: event.type, by: event.by };
    case 'failed':
      return { type: event.type, code: event.code };
    default:
      return { type: event.type };
  }
}

/** Neighbouring transfers of a stream are one: how often one reads is for the kernel to say. */
function joined(told: readonly Told[]): Told[] {
  const all: Told[] = [];
  for (const next of told) {
    const last = all.at(-1);
    if (last !== undefined && isMoved(last) && isMoved(next) && last.type === next.type)
      all[all.length - 1] = { type: last.type, size: last.size + next.size, data: last.data + next.data };
    else all.push(next);
  }
  return all;
}

const isMoved = (told: Told): told is Moved => told.type === 'sent' || told.type === 'received';

export function retold(events: readonly SocketEvent[], socket: number): Told[] {
  const own = events.filter((event) => event.socket === socket && !passing.has(event.type));
  const isStream = own.some((event) => event.type === 'opened' && event.socketType === 'stream');
  const told = own.map(tell);
  return isStream ? joined(told) : told;
}

/** What the programs say they print, which has to be what they print. */
export const announced = (program: string): string[] =>
  [...program.matchAll(/^ *print\(.*?\) {2}# (b['"].*['"]|\d+ bytes)$/gm)].map(([, text = '']) => text);
