import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { playedLink } from './testing/played-link.ts';
import { Journal } from './journal/journal.svelte.ts';
import { noEnds } from './rows/ends.ts';
import { otherEndOf } from './sockets/other-end.ts';
import { seqOf } from './rows/rows.ts';
import { Settings } from './kept/settings.svelte.ts';
import { Store } from './store.svelte.ts';
import { forgetful as storage } from './kept/browser-storage.ts';
import { Told } from './testing/told.ts';
import { limits } from './limits.ts';
import { at, echoScene, numbered, opened, received, sent } from './testing/events.ts';

const welcome = (epoch: string) => ({
  type: 'welcome' as const,
  protocol: 2,
  version: '1.0.0',
  epoch,
  started: '2026-11-21T00:00:00.000Z',
  from: 1,
  latest: 0,
  session: null,
  tornBytes: 0,
  addresses: [],
  hostname: 'here',
  platform: 'linux',
  expose: false,
  can: [],
});

/** A store whose link and frames the test drives. */
function setUp(session = storage()) {
  const played = playedLink();
  const frames: (() => void)[] = [];
  const store = new Store({
    link: played.link,
    settings: new Settings(storage()),
    session,
    schedule: (work) => frames.push(work),
  });
  store.start();
  const agent = played.agent();
  const frame = () => frames.splice(0).forEach((work) => work());
  const tell = (events: readonly SocketEvent[]) => {
    agent.events(events);
    frame();
  };
  agent.welcome(welcome('a'));
  return { store, agent, frames, frame, tell, session };
}

describe('the store', () => {
  it('shows what came at most once a frame', () => {
    const { store, agent, frames, frame } = setUp();
    frame();
    const before = store.journal.version;
    for (const event of numbered(echoScene)) agent.events([event]);
    expect(frames).toHaveLength(1);
    expect(store.sockets.table.size).toBe(0);
    frame();
    expect(store.journal.version).toBe(before + 1);
    expect(store.sockets.table.get(3)?.state).toBe('connected');
  });

  it('knows both ends of a connection', () => {
    const { store, tell } = setUp();
    tell(numbered(echoScene));
    expect([2, 3].map((id) => store.sockets.peerOf(id))).toEqual([3, 2]);
    expect([1, 2, 3].map((id) => store.sockets.sideOf(id))).toEqual(['server', 'client', 'server']);
  });

  it('keeps the rows of the run before when the agent was restarted, and no socket of it', () => {
    const { store, agent, tell } = setUp();
    tell(numbered(echoScene));
    agent.welcome(welcome('b'));
    tell(numbered([opened(1)]));
    expect(store.sockets.table.size).toBe(1);
    expect(store.journal.at(echoScene.length)?.kind).toBe('restart');
    expect(store.journal.bySeq(1)).toMatchObject({ kind: 'event', run: 1 });
    expect(store.journal.bySeq(1, 0)).toMatchObject({ kind: 'event', run: 0 });
    expect(store.journal.perSocket(1)).toHaveLength(1);
    expect(store.journal.lastSeq).toBe(1);
  });

  it('hides on Clear and shows again, deleting nothing', () => {
    const { store, tell } = setUp();
    tell(numbered([...echoScene, { type: 'closed', socket: 2 }]));
    store.clear();
    expect(store.journal.hiddenBefore).toBe(9);
    expect(store.journal.length).toBe(9);
    expect(store.sockets.table.has(2)).toBe(false);
    store.showAll();
    expect(store.journal.hiddenBefore).toBe(0);
    expect(store.sockets.table.has(2)).toBe(true);
  });

  it('hides what an earlier Clear hid, and nothing that came later', () => {
    const { store, tell } = setUp();
    tell(numbered([...echoScene, { type: 'closed', socket: 2 }, opened(4), { type: 'closed', socket: 4 }]));
    store.clearUpTo(9);
    expect(store.journal.hiddenBefore).toBe(9);
    expect([...store.sockets.table.keys()]).toEqual([1, 3, 4]);
    store.clearUpTo(11);
    expect(store.journal.hiddenBefore).toBe(11);
    expect(store.sockets.table.has(4)).toBe(false);
  });

  it('selects after a reload what was selected, in the same run only', () => {
    const { store, tell, session } = setUp();
    tell(numbered(echoScene));
    store.selection.selectRow(store.journal.at(5)!, store.journal.run);
    const again = setUp(session);
    expect([again.store.selection.socket, again.store.selection.seq]).toEqual([2, 6]);
    again.agent.welcome(welcome('b'));
    expect(again.store.selection.socket).toBeNull();
  });
});

describe('the other end', () => {
  function endsIn(bodies: Parameters<typeof numbered>[0]) {
    const { store, tell } = setUp();
    tell(numbered([...echoScene, ...bodies]));
    return (index: number) => {
      const { rows, exact } = otherEndOf(store.journal.at(echoScene.length + index), store.groundOf(0));
      return { seqs: rows.map(seqOf), exact };
    };
  }
  const first = echoScene.length + 1;

  it('of one write that one read returned is that read, both ways', () => {
    const ends = endsIn([sent(2, 'happy'), received(3, 'happy')]);
    expect(ends(0)).toEqual({ seqs: [first + 1], exact: true });
    expect(ends(1)).toEqual({ seqs: [first], exact: true });
  });

  it('of three writes that one read returned are all three', () => {
    const ends = endsIn([sent(2, 'one'), sent(2, 'two'), sent(2, 'three'), received(3, 'onetwothree')]);
    expect(ends(1)).toEqual({ seqs: [first + 3], exact: false });
    expect(ends(3)).toEqual({ seqs: [first, first + 1, first + 2], exact: false });
  });

  it('is found when the read was recorded before the write had ended', () => {
    const ends = endsIn([received(3, 'ab'), received(3, 'cd'), sent(2, 'abcd')]);
    expect(ends(2)).toEqual({ seqs: [first, first + 1], exact: false });
  });

  it('does not mix up the two directions', () => {
    const ends = endsIn([sent(2, 'abc'), received(3, 'abc'), sent(3, 'xyz'), received(2, 'xyz')]);
    expect(ends(2)).toEqual({ seqs: [first + 3], exact: true });
  });

  it('is not claimed once events are missing', () => {
    const { store, agent, tell } = setUp();
    tell(numbered(echoScene));
    agent.gap({ from: 9, to: 20, reason: 'memory-limit' });
    tell(numbered([sent(2, 'happy'), received(3, 'happy')], 21));
    const row = store.journal.bySeq(21);
    expect(row).toMatchObject({ offset: null });
    expect(otherEndOf(row, store.groundOf(0)).rows).toEqual([]);
  });

  it('is found in the run before, among its own rows', () => {
    const { store, agent, tell } = setUp();
    tell(numbered([...echoScene, sent(2, 'happy'), received(3, 'happy')]));
    agent.welcome(welcome('b'));
    // The same numbers mean others now, and the same ports.
    tell(numbered([...echoScene, sent(3, 'HAPPY'), received(2, 'HAPPY')]));
    const ends = (seq: number, run: number) => {
      const { rows, exact } = otherEndOf(store.journal.bySeq(seq, run), store.groundOf(run));
      return { ends: rows.map((row) => [row.run, seqOf(row)]), exact };
    };
    expect(ends(9, 0)).toEqual({ ends: [[0, 10]], exact: true });
    expect(ends(10, 0)).toEqual({ ends: [[0, 9]], exact: true });
    expect(ends(9, 1)).toEqual({ ends: [[1, 10]], exact: true });
  });

  it('in the run before is not claimed where events of it are missing', () => {
    const { store, agent, tell } = setUp();
    tell(numbered(echoScene));
    agent.gap({ from: 9, to: 20, reason: 'memory-limit' });
    tell(numbered([sent(2, 'happy'), received(3, 'happy')], 21));
    agent.welcome(welcome('b'));
    expect(otherEndOf(store.journal.bySeq(21, 0), store.groundOf(0)).rows).toEqual([]);
  });

  it('is claimed again once the agent has said how things stand behind the gap', () => {
    const whole = setUp();
    whole.tell(numbered([...echoScene, sent(2, 'before'), received(3, 'before')]));
    whole.store.sockets.publish();
    const standing = [...whole.store.sockets.table.values()];

    const { store, agent, tell } = setUp();
    agent.gap({ from: 1, to: 10, reason: 'memory-limit' });
    agent.standing(standing);
    tell(numbered([sent(2, 'happy'), received(3, 'happy')], 11));
    expect([...store.sockets.table.values()].map(({ socket, state }) => [socket, state])).toEqual([
      [1, 'listening'],
      [2, 'connected'],
      [3, 'connected'],
    ]);
    expect(store.journal.bySeq(11)).toMatchObject({ offset: 6, ends: { side: 'client' } });
    expect(store.sockets.peerOf(2)).toBe(3);
  });

  it('forgets the sockets that were closed within a gap', () => {
    const { store, agent, tell } = setUp();
    tell(numbered(echoScene));
    agent.gap({ from: 9, to: 20, reason: 'memory-limit' });
    agent.standing([]);
    tell(numbered([opened(4)], 21));
    expect([...store.sockets.table.keys()]).toEqual([4]);
  });

  it('leaves no lane of the log to a socket that closed within a gap', () => {
    const { store, agent, tell } = setUp();
    tell(numbered(echoScene));
    const listener = [...store.sockets.table.values()].filter(({ socket }) => socket === 1);
    agent.gap({ from: 9, to: 20, reason: 'memory-limit' });
    agent.standing([...listener, ...listener.map((state) => ({ ...state, socket: 30 }))]);
    tell(numbered([opened(31)], 21));
    // #1 kept its own, #30 and #31 have those that #2 and #3 left.
    expect(store.journal.bySeq(21)).toMatchObject({ lanes: { taken: 0b111, own: 2 } });
  });

  it('is nothing for an outside program', () => {
    const { store, tell } = setUp();
    const outside = { type: 'accepted', socket: 4, listener: 1, local: at(8888), remote: at(6000) } as const;
    tell(numbered([...echoScene, opened(4, 1), outside, received(4, 'x')]));
    expect(store.sockets.peerOf(4)).toBeNull();
  });
});

describe('the journal', () => {
  const grow = (journal: Journal, from: number, to: number) => {
    for (const event of numbered(
      Array.from({ length: to - from + 1 }, () => sent(1, 'x')),
      from,
    )) {
      journal.append(event, noEnds, 0);
    }
    journal.publish();
  };

  it('keeps its caps, and counts what it dropped in one gap row', () => {
    const journal = new Journal({ rows: 100, payloadBytes: 1e6 });
    for (let seq = 1; seq <= 1000; seq += 30) grow(journal, seq, Math.min(1000, seq + 29));
    expect(journal.length).toBeLessThanOrEqual(100);
    const gap = journal.at(0);
    expect(gap).toMatchObject({ kind: 'gap', from: 1, reason: 'page-limit' });
    const kept = journal.length - 1;
    expect(gap?.kind === 'gap' ? gap.count + kept : 0).toBe(1000);
    expect(journal.perSocket(1)).toHaveLength(kept);
  });

  it('counts what it dropped of several runs, and names the events of the last of them', () => {
    const journal = new Journal({ rows: 100, payloadBytes: 1e6 });
    // The page came late to the first run.
    grow(journal, 501, 560);
    journal.restart('');
    grow(journal, 1, 160);
    const gap = journal.at(0);
    expect(gap).toMatchObject({ kind: 'gap', run: 1, from: 1, to: 160 - (journal.length - 1) });
    expect(gap?.kind === 'gap' ? gap.count + journal.length - 1 : 0).toBe(220);
  });

  it('keeps near its caps where nobody takes what came: a hidden tab may not be painted for hours', () => {
    const journal = new Journal({ rows: 160, payloadBytes: 1e6 });
    const held = numbered(Array.from({ length: 5_000 }, () => sent(1, 'x'))).map((event) => {
      journal.append(event, noEnds, 0);
      return journal.length;
    });
    expect(Math.max(...held)).toBeLessThanOrEqual(170);
    expect(journal.lastSeq).toBe(5_000);
  });

  it('is bounded by bytes too', () => {
    const journal = new Journal({ rows: 1e6, payloadBytes: 64 });
    grow(journal, 1, 1000);
    expect(journal.length).toBeLessThanOrEqual(65);
  });

  it('finds rows by number, and the gap that holds a missing one', () => {
    const journal = new Journal({ rows: 100, payloadBytes: 1e6 });
    grow(journal, 1, 3);
    journal.gap({ from: 4, to: 9, reason: 'memory-limit' });
    grow(journal, 10, 12);
    expect(journal.indexOf(2)).toBe(1);
    expect(journal.bySeq(7)).toMatchObject({ kind: 'gap' });
    expect(journal.indexOf(11)).toBe(5);
    expect([0, 13].map((seq) => journal.indexOf(seq))).toEqual([-1, -1]);
  });

  it('counts what came, though it is gone again, and nothing of what never came', () => {
    const journal = new Journal({ rows: 100, payloadBytes: 1e6 });
    journal.gap({ from: 1, to: 200, reason: 'disk' });
    grow(journal, 201, 500);
    expect(journal.length).toBeLessThan(300);
    expect([journal.count, journal.lastSeq]).toEqual([300, 500]);
    journal.gap({ from: 501, to: 510, reason: 'memory-limit' });
    expect([journal.count, journal.lastSeq]).toEqual([300, 510]);
    journal.restart('2026-11-21T00:00:00.000Z');
    grow(journal, 1, 2);
    expect(journal.count).toBe(2);
  });

  it('knows a row that became part of a gap no more', () => {
    const journal = new Journal({ rows: 10, payloadBytes: 1e6 });
    grow(journal, 1, 5);
    const row = journal.at(1)!;
    grow(journal, 6, 40);
    expect(journal.positionOf(row)).toBeNull();
  });
});

it('of sockets that are closed the last ones stay in the table, and no more than its cap', () => {
  const told = new Told().tell(opened(1));
  const most = limits.closedSockets;
  for (let socket = 2; socket <= most + 6; socket += 1) told.tell(opened(socket), { type: 'closed', socket });
  expect([...told.sockets.table.keys()]).toEqual([1, ...Array.from({ length: most }, (_, at) => at + 7)]);
});
