/**
 * What a file says of the sockets that were open, which may be many, and the file may be anybody's. Millions of tiny values
 * would take a hundred times their size once they are parsed, and a schema tells of each what is wrong with it. So neither
 * is done: such a text is no JSON here, and a list ends at the first that is no socket.
 */
import * as z from 'zod/mini';
import { socketState } from '../events/state.ts';
import type { SocketState } from '../events/state.ts';

/** A list of states. */
export const standingStates = z.pipe(
  z.array(z.unknown()),
  z.transform((list, context): SocketState[] => {
    const states: SocketState[] = [];
    for (const each of list) {
      const parsed = socketState.safeParse(each);
      if (!parsed.success) {
        context.issues.push({ code: 'custom', input: list, message: 'a state of a socket each' });
        break;
      }
      states.push(parsed.data);
    }
    return states;
  }),
);

/** A value of a state has some 15 characters, its name among them. */
const leastCharacters = 8;
/** So many may be as short as they like. */
const fewValues = 1_000;

/** What a text says in JSON; undefined when it is none, or has more values than its size is enough for. */
export function parseStanding(text: string): unknown {
  if (hasManyValues(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A comma or an opening bracket outside of strings stands before each value. */
const betweenStrings = /["[{,]/g;
const stringEnd = /(?<!\\)(?:\\\\)*"/g;

function hasManyValues(text: string): boolean {
  const most = fewValues + text.length / leastCharacters;
  if (text.length <= most) return false;
  let values = 0;
  betweenStrings.lastIndex = 0;
  while (betweenStrings.test(text)) {
    if (text[betweenStrings.lastIndex - 1] !== '"') values += 1;
    else {
      stringEnd.lastIndex = betweenStrings.lastIndex;
      if (!stringEnd.test(text)) return false;
      betweenStrings.lastIndex = stringEnd.lastIndex;
    }
    if (values > most) return true;
  }
  return false;
}
