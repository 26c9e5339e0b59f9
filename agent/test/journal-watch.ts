/** Waiting for what must happen, on the journal's own events: no test sleeps for luck. */
import type { EventOf, EventType, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { JournalReader } from '../src/journal/journal.ts';

const patienceMs = 25_000;

/** The whole event, or null when memory does not hold it. */
export function heldEvent(journal: JournalReader, seq: number): SocketEvent | null {
  const block = journal.blockOf(seq);
  return block instanceof Block ? block.event(seq) : null;
}

/** Every event still kept, in order. */
export function eventsOf(journal: JournalReader): SocketEvent[] {
  const events: SocketEvent[] = [];
  for (let seq = journal.first; seq <= journal.latest; seq += 1) {
    const event = heldEvent(journal, seq);
    if (event) events.push(event);
  }
  return events;
}

/** What a socket went through, as the types of its events. */
export function storyOf(journal: JournalReader, socket: number): EventType[] {
  return eventsOf(journal).flatMap((event) => (event.socket === socket ? [event.type] : []));
}

/** Resolves once `holds` does, which is asked now and after each event; rejects with the journal's tail when time is up. */
export function until(journal: JournalReader, promise: string, holds: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    // The table of states follows the journal: ask when both are up to date.
    const stop = journal.subscribe(() => queueMicrotask(check));
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`In ${patienceMs} ms it did not come to this: ${promise}\n${tailOf(journal)}`));
    }, patienceMs);
    function check(): void {
      if (!holds()) return;
      stop();
      clearTimeout(timer);
      resolve();
    }
    check();
  });
}

/** The first event of this type from `from` on that fits, already there or yet to come. */
export async function waitFor<Type extends EventType>(
  journal: JournalReader,
  type: Type,
  fits: (event: EventOf<Type>) => boolean = () => true,
  from = 1,
): Promise<EventOf<Type>> {
  const isWanted = (event: SocketEvent | null): event is EventOf<Type> => event?.type === type;
  let found: EventOf<Type> | undefined;
  let seq = from;
  await until(journal, `${type} from ${from} on`, () => {
    for (; found === undefined && seq <= journal.latest; seq += 1) {
      const event = heldEvent(journal, seq);
      if (isWanted(event) && fits(event)) found = event;
    }
    return found !== undefined;
  });
  if (found === undefined) throw new Error('unreachable');
  return found;
}

const tailEvents = 30;

function tailOf(journal: JournalReader): string {
  const lines = eventsOf(journal)
    .slice(-tailEvents)
    .map((event) =>
      JSON.stringify('data' in event ? { ...event, data: `${event.data.length} bytes` } : event),
    );
  return lines.join('\n');
}

/** Every byte of this direction, in order. */
export function bytesOf(journal: JournalReader, socket: number, type: 'sent' | 'received'): Buffer {
  return Buffer.concat(
    eventsOf(journal).flatMap((event) =>
      event.type === type && event.socket === socket ? [event.data] : [],
    ),
  );
}
