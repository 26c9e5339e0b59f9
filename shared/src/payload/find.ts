import { LiteralMatcher } from './literal.ts';

const upperCase = { from: 0x41, to: 0x5a };
const caseBit = 0x20;

const lower = (byte: number) => (byte >= upperCase.from && byte <= upperCase.to ? byte | caseBit : byte);

/** Bytes that are compared in vain at first, and for each byte that is passed over: few bytes come near what is sought. */
const patience = { atFirst: 1_024, each: 4 };

/**
 * Index of the first place where `part` stands in `bytes`, or -1; with `anyCase` ASCII letters match in either case. In
 * time in proportion to the bytes, however they and the part repeat themselves.
 */
export function indexOfBytes(bytes: Uint8Array, part: Uint8Array, anyCase = false): number {
  const first = part[0];
  if (first === undefined) return 0;
  const last = bytes.length - part.length;
  const next = anyCase ? nextInAnyCase(bytes, first) : (from: number) => bytes.indexOf(first, from);
  let inVain = 0;
  for (let at = next(0); at >= 0 && at <= last; at = next(at + 1)) {
    const matched = matchedAt(bytes, at, part, anyCase);
    if (matched === part.length) return at;
    inVain += matched;
    if (inVain > patience.atFirst + patience.each * at) return steadily(bytes, at + 1, part, anyCase);
  }
  return -1;
}

/** How many bytes of the part stand at this place. */
function matchedAt(bytes: Uint8Array, at: number, part: Uint8Array, anyCase: boolean): number {
  let matched = 0;
  while (matched < part.length && isSame(bytes[at + matched] ?? 0, part[matched] ?? 0, anyCase)) matched += 1;
  return matched;
}

const isSame = (one: number, other: number, anyCase: boolean) =>
  one === other || (anyCase && lower(one) === lower(other));

/** The first place from `from` on, with no byte looked at twice. */
function steadily(bytes: Uint8Array, from: number, part: Uint8Array, anyCase: boolean): number {
  const folded = (byte: number) => (anyCase ? lower(byte) : byte);
  const matcher = new LiteralMatcher(part.map(folded));
  for (let at = from; at < bytes.length; at += 1)
    if (matcher.add(folded(bytes[at] ?? 0))) return at + 1 - part.length;
  return -1;
}

/** Answers where the byte stands next in either case. Each case is looked for once for all the places it is passed over at. */
function nextInAnyCase(bytes: Uint8Array, byte: number): (from: number) => number {
  const small = lower(byte);
  const isLetter = small >= (upperCase.from | caseBit) && small <= (upperCase.to | caseBit);
  if (!isLetter) return (from) => bytes.indexOf(byte, from);
  let [atSmall, atLarge] = [-2, -2];
  const advance = (at: number, wanted: number, from: number) =>
    at === -1 || at >= from ? at : bytes.indexOf(wanted, from);
  return (from) => {
    atSmall = advance(atSmall, small, from);
    atLarge = advance(atLarge, small ^ caseBit, from);
    if (atSmall === -1 || atLarge === -1) return Math.max(atSmall, atLarge);
    return Math.min(atSmall, atLarge);
  };
}
