import { describe, expect, it } from 'vitest';
import { command } from '@socket-playground/shared/commands/verbs.ts';
import { actionOf } from '../keys/keymap.ts';
import { entriesOf, mostSubjects } from './actions.ts';
import type { Entry, Scene } from './actions.ts';
import { found } from './found.ts';
import { fuzzyMatch } from './fuzzy.ts';
import { echoScene, numbered } from '../../store/testing/events.ts';
import { SocketIndex } from '../../store/sockets/socket-index.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { Scene as SocketScene } from '../scene.ts';

function scene(isRecording = false, query = ''): Scene {
  const index = new SocketIndex(10);
  for (const event of numbered(echoScene)) index.apply(event);
  return {
    ...{ sockets: index.snapshot(), nameOf: ({ role }: SocketState) => role, announce: true },
    ...{ isRecording, lessons: [], query },
  };
}
const entries = (isRecording = false) => entriesOf(scene(isRecording));
const words = (query: string) =>
  found(entries(), query).flatMap((group) => group.entries.map(({ entry }) => entry.words));

describe('the palette', () => {
  it('offers only commands the agent takes', () => {
    for (const { doing } of entries()) {
      if (doing.is === 'run') expect(command.safeParse(doing.command).success).toBe(true);
    }
  });

  it('accepts at listeners that accept one by one, and at no others', () => {
    const index = new SocketIndex(10);
    const manual = echoScene.map((event) =>
      event.type === 'listening' ? { ...event, accept: 'manual' as const } : event,
    );
    for (const event of numbered(manual)) index.apply(event);
    const scene = {
      sockets: index.snapshot(),
      nameOf: () => '',
      announce: true,
      isRecording: false,
      lessons: [],
      query: '',
    };
    const accepting = (all: readonly Entry[]) => all.filter(({ kind }) => kind === 'accept');
    expect(accepting(entriesOf(scene)).map(({ doing }) => doing)).toEqual([
      { is: 'run', command: { type: 'accept', socket: 1 } },
    ]);
    expect(accepting(entries())).toEqual([]);
  });

  it('leads to each of many sockets, and offers what can be done to those that are asked for', () => {
    const many = new SocketScene();
    for (let socket = 1; socket <= mostSubjects + 1; socket += 1) many.client(socket, 10_000 + socket, 80);
    const about = (query: string, group: Entry['group']) =>
      entriesOf({ ...scene(), sockets: many.sockets, query })
        .filter((entry) => entry.group === group && /#\d/.test(entry.words))
        .map((entry) => entry.words);
    expect(about('', 'Go to')).toHaveLength(mostSubjects + 1);
    expect(about('', 'Do')).toEqual([]);
    expect(about('close #7', 'Do')).toContainEqual(expect.stringMatching(/^Close #7 /));
    expect(about('close #7', 'Do').every((said) => said.includes('#7'))).toBe(true);
  });

  it('shows open sockets first when nothing is asked for', () => {
    expect(words('')[0]).toMatch(/^#1 listener/);
  });

  it.each([
    ['export', 'Save as pcapng'],
    ['export csv', 'Save as CSV'],
    ['wireshark', 'Save as pcapng'],
    ['import', 'Open a session …'],
    ['pcap', 'Open a session …'],
    ['shortcuts', 'List the keys'],
    ['help', 'List the keys'],
    ['search', 'Find in the log, hiding nothing'],
    ['bookmark', 'Mark the selected row, or take its mark away'],
  ])('finds what other programs call %s', (query, entry) => {
    expect(words(query)).toContain(entry);
  });

  it('finds lessons by their names, behind everything else', () => {
    const steps = ['connect'];
    const lesson = { id: 'tcp-client/refused', number: '2.2', title: 'Refused', goal: '', minutes: 3, steps };
    const unit = {
      number: 2,
      id: 'tcp-client',
      title: 'A TCP client',
      can: '',
      break: [],
      lessons: [lesson],
    };
    const all = entriesOf({ ...scene(), lessons: [unit] });
    expect(found(all, 'refused')[0]?.entries[0]?.entry.doing).toEqual({ is: 'lesson', id: lesson.id });
    expect(found(all, '').at(-1)?.name).not.toBe('Go to');
  });

  it('puts opening an echo server first for "ech"', () => {
    expect(words('ech')[0]).toBe('Open an echo server on any free port');
    expect(words('ech').some((text) => text.includes('chargen'))).toBe(false);
  });

  it('finds by any words, in any order, also by kind', () => {
    expect(words('3 reset')[0]).toBe('Reset #3 connection');
    expect(words('dark')).toContain('Dark theme');
    expect(words('udp').length).toBeGreaterThan(0);
    expect(words('zzzz')).toEqual([]);
  });

  it('of a recording offers no command, but every socket to look at, and the way back', () => {
    const all = entries(true);
    expect(all.filter(({ doing }) => doing.is === 'run')).toEqual([]);
    const texts = all.map(({ words: text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Back to live', 'Save as CSV', 'Show only #3 in the log']));
    expect(texts.some((text) => text.startsWith('New '))).toBe(false);
    expect(entries().some(({ words: text }) => text === 'Back to live')).toBe(false);
  });

  it('marks what was found', () => {
    expect(fuzzyMatch('ech', 'Open an echo')?.parts).toEqual([
      { text: 'Open an ', hit: false },
      { text: 'ech', hit: true },
      { text: 'o', hit: false },
    ]);
  });
});

describe('keys', () => {
  const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...held,
  });

  it('are letters while something is typed, except with Ctrl', () => {
    expect(actionOf(press('j'), true)).toBeNull();
    expect(actionOf(press('j'), false)).toBe('next');
    expect(actionOf(press('k', { ctrlKey: true }), true)).toBe('find');
    expect(actionOf(press('K', { metaKey: true }), true)).toBe('find');
  });

  it('leave the browser its own', () => {
    expect(actionOf(press('f', { ctrlKey: true }), false)).toBeNull();
    expect(actionOf(press('c', { ctrlKey: true }), false)).toBeNull();
    expect(actionOf(press('s', { altKey: true }), false)).toBeNull();
  });
});
