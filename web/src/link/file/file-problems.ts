import type { Problem } from '@socket-playground/shared/problem.ts';

/** A file cannot be read, for this reason. */
export class UnreadableFile extends Error {
  constructor({ message }: Problem) {
    super(message);
  }
}

/** Why a file cannot be opened. */
export const fileProblems = {
  foreign: {
    code: 'not-a-session',
    message: 'This file is neither a session of Socket Playground nor a capture of packets.',
    hint: 'Open a file that was saved here (.session, .pcapng, .jsonl), or one of Wireshark or tcpdump (.pcapng, .pcap).',
  },
  empty: {
    code: 'empty-file',
    message: 'This file is empty.',
    hint: 'Save or capture again, and open that file.',
  },
  packed: {
    code: 'packed-file',
    message: 'This file is compressed.',
    hint: 'Unpack it first, for example with gunzip, then open what comes out.',
  },
  newer: {
    code: 'newer-session',
    message: 'This session was written by a later version of Socket Playground.',
    hint: 'Update to that version, or save the session as JSON Lines there.',
  },
  line: {
    code: 'bad-line',
    message: 'The first line is no event.',
    hint: 'JSON Lines have one event or gap a line, as GET /api/events writes them.',
  },
  scattered: {
    code: 'not-a-session',
    message: 'This file is in more pieces than any session is.',
    hint: 'Open a file that was saved as a session file or as JSON Lines.',
  },
  changed: {
    code: 'file-changed',
    message: 'The file can no longer be read: it was moved, changed or removed.',
    hint: 'Open it again.',
  },
} as const satisfies Record<string, Problem>;
