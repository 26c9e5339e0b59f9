/** `npm run lesson -- <file> …`: checks lesson files against a real agent, and says what is wrong with them. */
import { readFile } from 'node:fs/promises';
import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';
import type { Mistake } from '@socket-playground/shared/lessons/file/mistakes.ts';
import { hostname, platform } from 'node:os';
import { capabilitiesOf } from '../../src/machine.ts';
import { AgentLog } from './agent-log.ts';
import type { AgentAccess } from './agent-log.ts';
import { prove } from './prove.ts';

/** Everything that is wrong with one file, a line each: `file:line:column reason`. */
export async function checkFile(
  file: string,
  access: AgentAccess,
  { expose }: { readonly expose: boolean },
): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  const parsed = parseLesson(file, text);
  if (!parsed.ok) return parsed.errors.map((mistake) => `${file}:${spotOf(mistake)} ${mistake.reason}`);
  const log = new AgentLog(access);
  await log.open();
  try {
    const can = await capabilitiesOf({ expose });
    const machine = { name: hostname(), platform: platform() };
    const around = { log, machine, can, random: Math.random };
    return (await prove(parsed.lesson, around)).map((wrong) => `${file}${lineOf(wrong, text)} ${wrong}`);
  } finally {
    log.close();
  }
}

/** Where the step is that something is said of. */
function lineOf(wrong: string, text: string): string {
  const [, step] = /^step ([a-z0-9-]+)/.exec(wrong) ?? [];
  const at = text.split('\n').findIndex((line) => line.trim() === `- id: ${step}`);
  return at < 0 ? ':' : `:${at + 1}`;
}

const spotOf = ({ line, column }: Mistake): string => (column === null ? `${line}` : `${line}:${column}`);
