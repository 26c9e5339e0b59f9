/** Numeric addresses as people write them. */

interface Run {
  readonly from: number;
  readonly to: number;
}

/** `127.0.0.1` of 4 bytes, `fe80::1` of 16: as RFC 5952 §4 writes it. */
export const hostText = (bytes: Uint8Array): string => (bytes.length === 4 ? bytes.join('.') : ipv6(bytes));

/** The longest run of zeros, if there are two or more, is left out (RFC 5952 §4.2). */
function ipv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  const { from, to } = longestZeros(groups);
  if (to - from < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(to).join(':')}`;
}

function longestZeros(groups: readonly string[]): Run {
  let best: Run = { from: 0, to: 0 };
  let from = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== '0') from = index + 1;
    else if (index + 1 - from > best.to - best.from) best = { from, to: index + 1 };
  }
  return best;
}
