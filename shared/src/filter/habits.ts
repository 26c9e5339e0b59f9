/** What people know from Wireshark's display filters, and how it is written here. */
import type { FieldName } from './fields.ts';
import { fieldNames, fields, isFieldName } from './fields.ts';

const ours: ReadonlyMap<string, FieldName> = new Map([
  ...['tcp', 'udp'].flatMap((it) => [
    ...['port', 'srcport', 'dstport'].map((end) => [`${it}.${end}`, 'port'] as const),
    ...['len', 'length'].map((end) => [`${it}.${end}`, 'len'] as const),
    [`${it}.stream`, 'socket'] as const,
  ]),
  ...['ip', 'ipv6'].flatMap((it) =>
    ['addr', 'src', 'dst', 'host'].map((end) => [`${it}.${end}`, 'host'] as const),
  ),
  ...['frame.len', 'data.len', 'length', 'size', 'bytes'].map((name) => [name, 'len'] as const),
  ...['frame.time_relative', 'frame.time', 'tcp.time_relative', 't'].map((name) => [name, 'time'] as const),
  ...['_ws.col.protocol', 'protocol', 'ip.proto'].map((name) => [name, 'proto'] as const),
  ...['addr', 'address', 'ip', 'src', 'dst'].map((name) => [name, 'host'] as const),
  ...['srcport', 'dstport'].map((name) => [name, 'port'] as const),
  ...['event', 'kind'].map((name) => [name, 'type'] as const),
  ...['direction', 'way'].map((name) => [name, 'dir'] as const),
  ...['id', 'sock', 'stream'].map((name) => [name, 'socket'] as const),
]);
/** What is asked there of one bit is a word of Info here. */
const flags: ReadonlyMap<string, string> = new Map([
  ['tcp.flags.reset', 'rst'],
  ['tcp.flags.fin', 'fin'],
  ['tcp.flags.syn', 'syn'],
]);
const wholes = /^(?:frame|tcp|udp|data|payload|ip|http|info|_?[a-z]\w*(?:\.\w+)+)$/;
/** Nobody looks for such text, but as a part of something longer. */
const foreign = /^(?:tcp|udp|ipv6|frame|eth|_ws)\.\w+(?:\.\w+)*$/;
const ops: ReadonlyMap<string, string> = new Map([
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
]);

/** Whether a word is what Wireshark would look through: `frame contains "x"`. */
export const isWhole = (word: string): boolean =>
  wholes.test(word.toLowerCase()) || isFieldName(word.toLowerCase());

/** Whether a word is a field of Wireshark’s, whatever stands behind it. */
export const isForeign = (word: string): boolean =>
  foreign.test(word.toLowerCase()) || flags.has(word.toLowerCase());

/** The word that asks for a flag of TCP; null when it is none. */
export const flagWord = (word: string): string | null => flags.get(word.toLowerCase()) ?? null;

/** The mark that a word behind a field stands for, as in `port eq 80`; null when it is just a word. */
export function spokenOp(field: string, word: string): string | null {
  const name = field.toLowerCase();
  const isField = isFieldName(name) || ours.has(name) || isForeign(name);
  return isField ? (ops.get(word.toLowerCase()) ?? null) : null;
}

/** Our name for a field, or the one that was most likely meant; null when there is none. */
export function nearestField(word: string): FieldName | null {
  const name = word.toLowerCase();
  if (isFieldName(name)) return name;
  return ours.get(name) ?? closest(name, fieldNames);
}

/** The name that needs the fewest changes, at most two, to be this word. */
export function closest<Name extends string>(word: string, names: readonly Name[]): Name | null {
  const near = names
    .map((name) => ({ name, far: name.startsWith(word) && word.length > 1 ? 0.5 : changes(word, name) }))
    .filter(({ name, far }) => far <= 2 && far < name.length - 1)
    .sort((a, b) => a.far - b.far);
  return near[0]?.name ?? null;
}

const longest = 24;

/** Letters to put in, take out or change (Levenshtein). */
function changes(a: string, b: string): number {
  if (a.length > longest) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [at, letter] of Array.from(a).entries()) {
    const next = [at + 1];
    for (let index = 1; index < row.length; index += 1) {
      const same = letter === b[index - 1] ? 0 : 1;
      next.push(Math.min((row[index - 1] ?? 0) + same, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

export const fieldList = fieldNames.join(', ');
export const exampleOf = (field: FieldName, op = '=='): string => `${field} ${op} ${fields[field].example}`;
