/** One message: header, questions, records (RFC 1035 §4.1). */
import { numberAt } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { nameAt } from './name.ts';
import { className, codeName, isKnownClass, isKnownType, opcodeName, typeName } from './names.ts';
import { name, record } from './record.ts';

const offsets = { flags: 2, questions: 4, answers: 6, authorities: 8, additional: 10, body: 12 } as const;
const bits = { response: 0x8000, reserved: 0x0040 } as const;
const flagNames: readonly (readonly [bit: number, name: string])[] = [
  [0x0400, 'authoritative'],
  [0x0200, 'truncated'],
  [0x0100, 'recursion desired'],
  [0x0080, 'recursion available'],
  [0x0020, 'authentic data'],
  [0x0010, 'checking disabled'],
];
const mostQuestions = 16;
/** Answers that the line for the log names. */
const namedAnswers = 4;

const opcodeOf = (flags: number) => (flags >> 11) & 0x0f;
const codeOf = (flags: number) => flags & 0x0f;

/** Whether a message begins here, as far as its first question can tell; answers of multicast DNS have none. */
export function hasPlausibleQuestion(bytes: Uint8Array, isCut: boolean): boolean {
  const flags = numberAt(bytes, offsets.flags, 2);
  const questions = numberAt(bytes, offsets.questions, 2);
  const answers = numberAt(bytes, offsets.answers, 2);
  if ((flags & bits.reserved) !== 0 || opcodeOf(flags) > 5 || codeOf(flags) > 10) return false;
  if ((flags & bits.response) === 0 && codeOf(flags) !== 0) return false;
  if (questions > mostQuestions || (questions === 0 && ((flags & bits.response) === 0 || answers === 0)))
    return false;
  const first = nameAt(bytes, offsets.body);
  const after = offsets.body + first.length;
  if (!first.isWhole) return isCut && after >= bytes.length;
  if (after + 4 > bytes.length) return isCut;
  return isKnownType(numberAt(bytes, after, 2)) && isKnownClass(numberAt(bytes, after + 2, 2));
}

/** Reads a message and returns its line for the log. `bytes` are the message's: pointers count from its first. */
export function message(reading: Reading, bytes: Uint8Array): string {
  const base = reading.at;
  reading.number('Id', 2, (id) => `0x${id.toString(16).padStart(4, '0')}`);
  const flags = reading.number('Flags', 2, flagWords);
  const counts = ['Questions', 'Answers', 'Authorities', 'Additional'].map((count) =>
    reading.number(count, 2),
  );
  const [questions = 0, answers = 0, authorities = 0, additional = 0] = counts;
  const asked: string[] = [];
  const said: string[] = [];
  const each = (count: number, read: () => void) => {
    for (let index = 0; index < count && !reading.isOver; index += 1) read();
  };
  each(questions, () => asked.push(question(reading, bytes, base)));
  each(answers, () => said.push(record(reading, 'Answer', bytes, base)));
  each(authorities, () => void record(reading, 'Authority', bytes, base));
  each(additional, () => void record(reading, 'Additional', bytes, base));
  return summary(flags, asked, said);
}

function flagWords(flags: number): string {
  const kind =
    (flags & bits.response) === 0 ? opcodeName(opcodeOf(flags)) : `response, ${codeName(codeOf(flags))}`;
  return [kind, ...flagNames.filter(([bit]) => (flags & bit) !== 0).map(([, word]) => word)].join(', ');
}

function question(reading: Reading, bytes: Uint8Array, base: number): string {
  let asked = '';
  reading.group('Question', (inner) => {
    const whom = name(inner, 'Name', bytes, base);
    const type = inner.number('Type', 2, typeName);
    inner.number('Class', 2, className);
    asked = `${typeName(type)} ${whom}`;
    return asked;
  });
  return asked;
}

function summary(flags: number, asked: readonly string[], said: readonly string[]): string {
  const what = asked.join(', ');
  if ((flags & bits.response) === 0) return `Query ${what}`.trim();
  const code = codeOf(flags);
  const more = said.length > namedAnswers ? [`${said.length - namedAnswers} more`] : [];
  const result =
    code === 0 ? [...said.slice(0, namedAnswers), ...more].join(', ') || 'no answer' : codeName(code);
  return what === '' ? `Response: ${result}` : `Response ${what}: ${result}`;
}
