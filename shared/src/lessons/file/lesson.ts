/**
 * One lesson file → a lesson, or everything that is wrong with it, each with its line. Build time only: the page gets
 * the lesson as data.
 */
import { frontMatter } from '../lesson.ts';
import type { FrontMatter, Lesson, Unit } from '../lesson.ts';
import { lint } from './lint.ts';
import { FileMistakes } from './mistakes.ts';
import type { Mistake } from './mistakes.ts';
import { sectionsOf } from './prose.ts';
import type { Section } from './prose.ts';
import { readUnits } from './units.ts';
import { Yaml } from './yaml.ts';

export type ParsedLesson =
  | { readonly ok: true; readonly lesson: Lesson }
  | { readonly ok: false; readonly errors: readonly Mistake[] };
export type ParsedUnits =
  | { readonly ok: true; readonly units: readonly Unit[] }
  | { readonly ok: false; readonly errors: readonly Mistake[] };

const fence = '---\n';
const whyTitle = 'Why it works';

/** Reads a lesson. The name of its file says its number: `36-echo.md` is 3.6. */
export function parseLesson(fileName: string, text: string): ParsedLesson {
  const mistakes = new FileMistakes();
  const lesson = read(fileName, text.replaceAll('\r\n', '\n'), mistakes);
  return lesson === null || mistakes.all.length > 0
    ? { ok: false, errors: mistakes.all }
    : { ok: true, lesson };
}

export function parseUnits(text: string): ParsedUnits {
  const mistakes = new FileMistakes();
  const units = readUnits(text, mistakes);
  return units === null || mistakes.all.length > 0
    ? { ok: false, errors: mistakes.all }
    : { ok: true, units };
}

function read(fileName: string, text: string, mistakes: FileMistakes): Lesson | null {
  const [, unit, place] = /(?:^|\/)(\d+)(\d)-[a-z0-9-]+\.md$/.exec(fileName) ?? [];
  if (unit === undefined || place === undefined)
    mistakes.add(
      1,
      'the file should be named after its number and subject, such as 36-echo.md for lesson 3.6',
    );
  const end = text.indexOf(`\n${fence}`, fence.length - 1);
  if (!text.startsWith(fence) || end < 0) {
    mistakes.add(1, 'a lesson begins with YAML between two lines ---');
    return null;
  }
  const yaml = new Yaml(text.slice(fence.length, end + 1), 2, mistakes);
  const front = yaml.read(frontMatter, mistakes);
  if (front === null) return null;
  lint(front, yaml, mistakes);
  const bodyAt = end + 1 + fence.length;
  const sections = sectionsOf(text.slice(bodyAt), text.slice(0, bodyAt).split('\n').length, mistakes);
  const prose = assign(front, sections, yaml, mistakes);
  const steps = front.steps.map((step) => ({
    ...{ ...step, title: step.title ?? titleOf(step.id) },
    prose: prose.get(step.id) ?? [],
  }));
  return {
    ...{ ...front, steps, number: `${unit ?? ''}.${place ?? ''}`, unit: Number(unit) },
    ...{ intro: sections[0]?.prose ?? [], why: prose.get(whyTitle) ?? [] },
  };
}

const titleOf = (id: string) => (id.charAt(0).toUpperCase() + id.slice(1)).replaceAll('-', ' ');

/** Every step has its section and every section its step; "Why it works" is the last. */
function assign(front: FrontMatter, sections: readonly Section[], yaml: Yaml, mistakes: FileMistakes) {
  const ids = [...front.steps.map(({ id }) => id), whyTitle];
  const found = sections.filter((section) => section.id !== null);
  for (const { id, line } of found) {
    if (!ids.some((each) => each === id)) mistakes.add(line, `there is no step ${id ?? ''}`);
  }
  for (const [index, id] of ids.entries()) {
    const own = found.filter((section) => section.id === id);
    const line = id === whyTitle ? (sections.at(-1)?.line ?? 1) : yaml.lineOf(['steps', index, 'id']);
    if (own.length === 0) mistakes.add(line, `the text has no section "## ${id}"`);
    else if (own.length > 1) mistakes.add(own[1]?.line ?? line, `there are two sections "## ${id}"`);
    else if (own[0]?.prose.length === 0) mistakes.add(own[0].line, `the section "## ${id}" is empty`);
  }
  const order = found.map(({ id }) => id).filter((id) => id !== null && ids.includes(id));
  const first = order.findIndex((id, index) => ids[index] !== id);
  if (order.length === ids.length && first >= 0)
    mistakes.add(
      found[first]?.line ?? 1,
      `the sections should stand in the order of the steps: ${ids.join(', ')}`,
    );
  return new Map(found.map(({ id, prose }) => [id, prose]));
}
