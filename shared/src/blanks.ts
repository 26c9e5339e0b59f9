const blank = ' \t';

/**
 * Where what stands from `at` on begins and ends without the blanks around it (RFC 9110 §5.6.3). In time in proportion to
 * the text: a pattern would try each of many blanks anew.
 */
export function withoutBlanks(text: string, at = 0): readonly [from: number, to: number] {
  let [from, to] = [at, text.length];
  while (from < to && blank.includes(text.charAt(from))) from += 1;
  while (to > from && blank.includes(text.charAt(to - 1))) to -= 1;
  return [from, to];
}
