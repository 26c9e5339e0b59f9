/** Everything that can be found or done from the palette, made from what is open. */
import { behavioursServing } from '@socket-playground/shared/behaviours/serves.ts';
import type { Catalogue } from '../../lessons/catalogue.ts';
import { allLessons } from '../../lessons/catalogue.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import type { Theme, TimeFormat } from '../../store/kept/settings.svelte.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { PageAction } from '../keys/keymap.ts';

/** What choosing an entry does to the bench that is shown. */
export type BenchDoing =
  | { readonly is: 'run'; readonly command: Command }
  | { readonly is: 'select'; readonly socket: number }
  | { readonly is: 'follow-stream'; readonly socket: number }
  | { readonly is: 'filter'; readonly text: string }
  | { readonly is: 'theme'; readonly theme: Theme }
  | { readonly is: 'time'; readonly time: TimeFormat }
  | { readonly is: 'announce'; readonly on: boolean }
  | { readonly is: 'clear' }
  | { readonly is: 'show-all' }
  | { readonly is: 'clear-marks' }
  | { readonly is: 'columns' };

/** What choosing an entry does. */
export type Doing =
  | BenchDoing
  | { readonly is: 'page'; readonly action: PageAction }
  | { readonly is: 'save'; readonly format: FormatName }
  | { readonly is: 'sessions' }
  | { readonly is: 'lesson'; readonly id: string }
  | { readonly is: 'live' };

export interface Entry {
  readonly group: 'Do' | 'Go to' | 'Lessons';
  readonly icon: string;
  readonly words: string;
  /** What kind of thing it is, in a word. */
  readonly kind: string;
  readonly doing: Doing;
}

export interface Scene {
  readonly lessons: Catalogue;
  readonly sockets: SocketTable;
  readonly nameOf: (socket: SocketState) => string;
  readonly announce: boolean;
  /** A recording: nothing can be done to its sockets, all of them can be looked at. */
  readonly isRecording: boolean;
  /** What somebody looks for. */
  readonly query: string;
}

/** Of more sockets than these, what can be done to one is offered for those whose numbers are asked for. */
export const mostSubjects = 200;

const act = (icon: string, words: string, kind: string, doing: Doing): Entry => ({
  group: 'Do',
  icon,
  words,
  kind,
  doing,
});
const page = (words: string, kind: string, action: PageAction): Entry =>
  act('i i-play', words, kind, { is: 'page', action });

export const entriesOf = (scene: Scene): readonly Entry[] => [
  ...(scene.isRecording ? recordingEntries(scene) : liveEntries(scene)),
  ...sessionActions(scene.isRecording),
  ...pageActions(scene.announce),
  ...lessonEntries(scene.lessons),
];

const lessonEntries = (lessons: Catalogue): Entry[] =>
  allLessons(lessons).map(({ id, number, title }) => ({
    group: 'Lessons',
    icon: 'i i-play',
    words: `${number} ${title}`,
    kind: 'lesson',
    doing: { is: 'lesson', id },
  }));

/** Thousands of sockets, each with all that can be done to it, would be more than can be looked through at each key. */
function subjectsAmong(all: readonly SocketState[], query: string): readonly SocketState[] {
  if (all.length <= mostSubjects) return all;
  const asked = new Set(query.match(/\d+/g)?.map(Number));
  return all.filter(({ socket }) => asked.has(socket));
}

function recordingEntries({ sockets, nameOf, query }: Scene): Entry[] {
  const all = [...sockets.values()];
  const subjects = subjectsAmong(all, query);
  return [
    ...all.map((socket) => goTo(socket, nameOf(socket))),
    ...subjects.flatMap(following),
    ...subjects.map(showOnly),
  ];
}

function liveEntries({ sockets, nameOf, query }: Scene): Entry[] {
  const all = [...sockets.values()];
  const isOpen = ({ state }: SocketState) => state !== 'closed';
  const subjects = subjectsAmong(all, query);
  const open = subjects.filter(isOpen);
  return [
    act('i i-plus', 'New server …', 'form', { is: 'page', action: 'server' }),
    act('i i-plus', 'New client …', 'form', { is: 'page', action: 'client' }),
    ...openServers(),
    ...all.filter(isOpen).map((socket) => goTo(socket, nameOf(socket))),
    ...subjects.flatMap(following),
    ...open.filter(({ accept }) => accept === 'manual').map(accepting),
    ...open.flatMap(changing),
    ...open.flatMap((socket) => closing(socket, nameOf(socket))),
  ];
}

function openServers(): Entry[] {
  return (['stream', 'dgram'] as const).flatMap((socketType) =>
    behavioursServing(socketType).map((name) => {
      const protocol = socketType === 'stream' ? 'TCP' : 'UDP';
      const article = /^[aeiou]/.test(name) ? 'an' : 'a';
      const command = { type: 'serve', socketType, host: '127.0.0.1', port: 0, behaviour: { name } } as const;
      return act('i i-plus', `Open ${article} ${name} server on any free port`, protocol, {
        is: 'run',
        command,
      });
    }),
  );
}

const goTo = (socket: SocketState, name: string): Entry => ({
  group: 'Go to',
  icon: `state is-${socket.state === 'half-closed' ? 'half' : socket.state}`,
  words: `#${socket.socket} ${name}${socket.local === null ? '' : `, ${formatAddress(socket.local)}`}`,
  kind: 'socket',
  doing: { is: 'select', socket: socket.socket },
});

const showOnly = ({ socket }: SocketState): Entry =>
  act('i i-find', `Show only #${socket} in the log`, 'filter', { is: 'filter', text: `#${socket}` });

/** Of a socket that has sent or received something. */
const following = ({ socket, eventsSent, eventsReceived }: SocketState): Entry[] =>
  eventsSent + eventsReceived === 0
    ? []
    : [act('i i-play', `Follow stream of #${socket}`, 'stream', { is: 'follow-stream', socket })];

function closing(state: SocketState, name: string): Entry[] {
  const { socket, role, socketType } = state;
  const only = showOnly(state);
  const close = act('i i-close', `Close #${socket} ${name}`, 'close', {
    is: 'run',
    command: { type: 'close', socket },
  });
  if (role === 'listener') {
    const command = { type: 'close', socket, connections: true } as const;
    return [
      close,
      act('i i-close', `Close #${socket} and its connections`, 'close', { is: 'run', command }),
      only,
    ];
  }
  if (socketType === 'dgram') return [close, only];
  const command = { type: 'close', socket, reset: true } as const;
  return [close, act('i i-close', `Reset #${socket} ${name}`, 'reset', { is: 'run', command }), only];
}

const accepting = ({ socket }: SocketState): Entry =>
  act('i i-play', `Accept a client that waits at #${socket}`, 'accept', {
    is: 'run',
    command: { type: 'accept', socket },
  });

function changing({ socket, socketType, behaviour, role }: SocketState): Entry[] {
  if (role === 'none') return [];
  return behavioursServing(socketType)
    .filter((name) => name !== behaviour.name)
    .map((name) =>
      act('i i-play', `Make #${socket} behave as ${name}`, 'behave', {
        is: 'run',
        command: { type: 'behave', socket, behaviour: { name } },
      }),
    );
}

function sessionActions(isRecording: boolean): Entry[] {
  const back = act('i i-play', 'Back to live', 'session', { is: 'live' });
  return [
    ...(isRecording ? [back] : []),
    act('i i-save', 'Save as session file', 'session', { is: 'save', format: 'session' }),
    act('i i-save', 'Save as pcapng', 'session', { is: 'save', format: 'pcapng' }),
    act('i i-save', 'Save as JSON Lines', 'session', { is: 'save', format: 'json' }),
    act('i i-save', 'Save as CSV', 'session', { is: 'save', format: 'csv' }),
    act('i i-open', 'Open a session …', 'session', { is: 'sessions' }),
  ];
}

const pageActions = (announce: boolean): Entry[] => [
  page('Filter the log', '/', 'filter'),
  page('Find in the log, hiding nothing', 'F', 'find-in-log'),
  page('Next match', 'n', 'next-match'),
  page('Match before', 'N', 'match-before'),
  page('Mark the selected row, or take its mark away', 'm', 'mark'),
  page('Next marked row', '.', 'next-mark'),
  page('Marked row before', ',', 'mark-before'),
  act('i i-close', 'Take all marks away', 'marks', { is: 'clear-marks' }),
  page('Count times from the selected row, or from the start', 'r', 'reference'),
  act('i i-columns', 'Show all columns of the log', 'columns', { is: 'columns' }),
  page('Follow the tail, or stop following', 'f', 'follow'),
  page('Lessons, or the sockets alone', 'l', 'lessons'),
  page('List the keys', '?', 'keys'),
  act('i i-close', 'Clear the log', 'log', { is: 'clear' }),
  act('i i-play', 'Show all rows again', 'log', { is: 'show-all' }),
  act('i i-theme', 'Light theme', 'theme', { is: 'theme', theme: 'light' }),
  act('i i-theme', 'Dark theme', 'theme', { is: 'theme', theme: 'dark' }),
  act('i i-theme', 'Theme of the system', 'theme', { is: 'theme', theme: 'system' }),
  act('i i-play', 'Show times of day', 'time', { is: 'time', time: 'clock' }),
  act('i i-play', 'Show times since the start', 'time', { is: 'time', time: 'start' }),
  act('i i-play', 'Show times between rows', 'time', { is: 'time', time: 'delta' }),
  act('i i-play', announce ? 'Do not announce new rows' : 'Announce new rows', 'screen reader', {
    is: 'announce',
    on: !announce,
  }),
];
