/**
 * Free words: what a column shows may be typed as it stands there. `8888`, `127.0.0.1`, `127.0.0.1:8888` are looked for
 * at both ends and in the text, in quotes only in the text; `http` is that protocol, or text. The first letters of a type
 * are that type, or text.
 */
import { encodeUtf8 } from '../payload/utf8.ts';
import { joined } from './ast.ts';
import type { Contains, Filter, Test } from './ast.ts';
import type { Known } from './field-value.ts';
import { typeNames } from './fields.ts';
import { endOf, hostOf, portOf } from './values.ts';

const leastOfType = 3;
/** An address before a colon: `127.0.0.1:`. */
const colonBehind = /(?<=\d):$/;

const one: ReadonlyMap<string, Test> = new Map<string, Test>([
  ...typeNames.map((type) => [type, { is: 'type', types: [type] }] as const),
  ...['→', '->'].map((arrow) => [arrow, { is: 'dir', direction: 'to-server' }] as const),
  ...['←', '<-'].map((arrow) => [arrow, { is: 'dir', direction: 'to-client' }] as const),
  ['to-server', { is: 'dir', direction: 'to-server' }],
  ['to-client', { is: 'dir', direction: 'to-client' }],
  ['tcp', { is: 'proto', protocol: 'tcp' }],
  ['udp', { is: 'proto', protocol: 'udp' }],
]);

const portTest = (port: number): Test => ({ is: 'number', field: 'port', op: '==', value: port });

/** In any case of ASCII. */
export const textTest = (text: string): Contains => ({
  is: 'contains',
  bytes: encodeUtf8(text),
  text: text.toLowerCase(),
});

export function wordTest(word: string, known: Known): Filter {
  const small = word.toLowerCase();
  const only = one.get(small);
  if (only !== undefined) return only;
  const port = portOf(small.replace(/^:/, ''));
  if (port !== null && small.startsWith(':')) return portTest(port);
  return joined('or', [...shownBy(small, port, known), textTest(word)]);
}

/** What a word can be beside text, when a column shows it so. */
function shownBy(word: string, port: number | null, { shown }: Known): Filter[] {
  const end = endOf(word);
  const host = hostOf(word.replace(colonBehind, ''));
  const types = word.length < leastOfType ? [] : typeNames.filter((type) => type.startsWith(word));
  return [
    ...(port === null ? [] : [portTest(port)]),
    ...(end === null ? [] : [{ is: 'address', ...end } as const]),
    ...(host === null ? [] : [host]),
    ...(shown.includes(word) ? [{ is: 'proto', protocol: word } as const] : []),
    ...(types.length === 0 ? [] : [{ is: 'type', types } as const]),
  ];
}
