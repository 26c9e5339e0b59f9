import { describe, expect, it } from 'vitest';
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { noEnds } from '../rows/ends.ts';
import { noLanes } from '../testing/events.ts';
import type { EventRow } from '../rows/rows.ts';
import { automatic, Spoken } from './spoken.svelte.ts';

const spoken = () =>
  new Spoken({ run: 1, runAt: () => 1, perSocket: () => ({ length: 0, at: () => undefined }) });

function captured(seq: number, stream: number | null): EventRow {
  const data = Uint8Array.of(1);
  const event: EventOf<'segment'> = {
    ...{ seq, time: seq, socket: null, type: 'segment', protocol: 'UDP', source: null, destination: null },
    ...{ stream, from: null, size: data.length, data },
  };
  return { kind: 'event', run: 1, event, ends: noEnds, offset: null, lanes: noLanes };
}

describe('what is chosen for a captured packet', () => {
  it('holds for its conversation and for no other', () => {
    const speaks = spoken();
    speaks.choose(captured(1, 7), 'dns');
    expect([captured(2, 7), captured(3, 8)].map((row) => speaks.choice(row))).toEqual(['dns', automatic]);
  });

  it('holds for itself when it is of no conversation', () => {
    const speaks = spoken();
    speaks.choose(captured(1, null), 'dns');
    expect([1, 2].map((seq) => speaks.choice(captured(seq, null)))).toEqual(['dns', automatic]);
  });
});
