import { readFileSync, readdirSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { parseLesson } from '../../shared/src/lessons/file/lesson.ts';
import { inRoot } from '../lib/root.mjs';
import { concepts } from './concepts.mjs';
import { proofOf } from './proof-words.mjs';

const folder = 'web/lessons';
const page = 'docs/lesson-concepts.md';

const opening = `# What the lessons teach, and what proves it

Every concept of the five tutorials the lessons grew from, the steps that teach it, and the events of the log that pass the
step. \`<\` means "then"; "answer" is compared with the log where it says what with. Where a machine cannot show a step, a
prediction passes it. "later" names steps of units that are still to come.

This page is generated: \`npx vitest run --project scripts scripts/lessons -u\` writes it from \`scripts/lessons/concepts.mjs\` and
the files in \`web/lessons\`.

| tutorials | concept | step | proof |
| --- | --- | --- | --- |
`;

/**
 * @returns {Promise<string>} the page, formatted
 * @throws {Error} when a concept names a step that there is not
 */
export async function conceptPage() {
  const steps = allSteps();
  const rows = concepts.flatMap((concept) => rowsOf(concept, steps));
  const options = await resolveConfig(inRoot(page));
  return format(opening + rows.map((cells) => `| ${cells.join(' | ')} |\n`).join(''), {
    ...options,
    parser: 'markdown',
  });
}

export const conceptPagePath = inRoot(page);

/** @typedef {{ place: string, proof: string }} Taught where, as a link, and what passes it */

/** @returns {Map<string, Taught>} by `<lesson>#<step>` */
function allSteps() {
  const names = readdirSync(inRoot(folder)).filter((name) => name.endsWith('.md'));
  return new Map(names.flatMap(stepsOf));
}

/**
 * @param {string} name of the file
 * @returns {[string, Taught][]}
 */
function stepsOf(name) {
  const parsed = parseLesson(name, readFileSync(inRoot(folder, name), 'utf8'));
  if (!parsed.ok)
    throw new Error(`${name}: ${parsed.errors.map(({ line, reason }) => `${line} ${reason}`).join()}`);
  const { id, number, steps } = parsed.lesson;
  return steps.map((step, index) => {
    const letter = String.fromCodePoint(/** @type {number} */ ('a'.codePointAt(0)) + index);
    return [
      `${id}#${step.id}`,
      { place: `[${number}${letter}](../${folder}/${name}) ${step.title}`, proof: proofOf(step) },
    ];
  });
}

/**
 * @param {import('./concepts.mjs').Concept} concept
 * @param {Map<string, Taught>} steps
 * @returns {string[][]} a row for each step
 */
function rowsOf({ tutorials, concept, steps: ids = [], later }, steps) {
  const taught = ids.map((id) => {
    const step = steps.get(id);
    if (step === undefined)
      throw new Error(`The concept "${concept}" names the step ${id}, which there is not.`);
    return [tutorials, concept, step.place, step.proof];
  });
  return later === undefined ? taught : [...taught, [tutorials, concept, `later: ${later}`, '']];
}
