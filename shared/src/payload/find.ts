const upperCase = { from: 0x41, to: 0x5a };
const caseBit = 0x20;

const lower = (byte: number) => (byte >= upperCase.from && byte <= upperCase.to ? byte | caseBit : byte);

/** Index of the first place where `part` stands in `bytes`, or -1; with `anyCase` ASCII letters match in either case. */
export function indexOfBytes(bytes: Uint8Array, part: Uint8Array, anyCase = false): number {
  const first = part[0];
  if (first === undefined) return 0;
  const last = bytes.length - part.length;
  const next = anyCase ? nextInAnyCase(bytes, first) : (from: number) => bytes.indexOf(first, from);
  const same = anyCase
    ? (a: number | undefined, b: number) => a !== undefined && lower(a) === lower(b)
    : (a: number | undefined, b: number) => a === b;
  for (let at = next(0); at >= 0 && at <= last; at = next(at + 1)) {
    if (part.every((byte, index) => same(bytes[at + index], byte))) return at;
  }
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
