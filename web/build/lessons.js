// The files of `web/lessons` as modules: a list of all lessons, and each lesson by itself, loaded when it is opened.
// A file with a mistake fails the build, with its line and what is wrong.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseLesson, parseUnits } from '../../shared/src/lessons/file/lesson.ts';

const listId = 'virtual:lessons';
const lessonPrefix = 'virtual:lesson/';
const unitsFile = 'units.yaml';
/** Rollup's sign for modules that are no files. */
const inside = (/** @type {string} */ id) => `\0${id}`;

/**
 * @param {string} folder where the lessons are
 * @returns {import('vite').Plugin}
 */
export function lessonFiles(folder) {
  const path = (/** @type {string} */ name) => join(folder, name);
  const names = () => readdirSync(folder).filter((name) => name.endsWith('.md'));
  const read = (/** @type {string} */ name) => readFileSync(path(name), 'utf8');

  /** @param {string} name */
  function lessonOf(name) {
    const parsed = parseLesson(name, read(name));
    if (!parsed.ok) throw new LessonMistake(path(name), parsed.errors);
    return parsed.lesson;
  }

  function listing() {
    const parsed = parseUnits(read(unitsFile));
    if (!parsed.ok) throw new LessonMistake(path(unitsFile), parsed.errors);
    const files = names().map((name) => ({ name, lesson: lessonOf(name) }));
    return { units: parsed.units, files };
  }

  return {
    name: 'lesson-files',
    resolveId: (id) => (id === listId || id.startsWith(lessonPrefix) ? inside(id) : null),
    load(id) {
      try {
        if (id === inside(listId)) {
          for (const name of [unitsFile, ...names()]) this.addWatchFile(path(name));
          return listModule(listing());
        }
        if (!id.startsWith(inside(lessonPrefix))) return null;
        const name = id.slice(inside(lessonPrefix).length);
        this.addWatchFile(path(name));
        return `export default ${JSON.stringify(lessonOf(name))};`;
      } catch (error) {
        if (!(error instanceof LessonMistake)) throw error;
        return this.error({ message: error.message, id: error.file, loc: { line: error.line, column: 0 } });
      }
    },
    /** What was written is on the page a moment later. */
    hotUpdate({ file, modules }) {
      if (!file.startsWith(folder)) return;
      const { moduleGraph } = this.environment;
      const ours = [...moduleGraph.idToModuleMap.values()].filter(({ id }) =>
        id?.startsWith(inside('virtual:lesson')),
      );
      for (const module of [...modules, ...ours]) moduleGraph.invalidateModule(module);
      this.environment.hot.send({ type: 'full-reload' });
      return [];
    },
  };
}

class LessonMistake extends Error {
  /**
   * @param {string} file
   * @param {readonly { line: number, reason: string }[]} errors
   */
  constructor(file, errors) {
    super(errors.map(({ line, reason }) => `${file}:${line} ${reason}`).join('\n'));
    this.file = file;
    this.line = errors[0]?.line ?? 1;
  }
}

/** @param {{ units: readonly any[], files: readonly { name: string, lesson: any }[] }} listing */
function listModule({ units, files }) {
  const ordered = [...files].sort((a, b) => Number(a.lesson.number) - Number(b.lesson.number));
  const catalogue = units.map((unit) => ({
    ...unit,
    lessons: ordered.filter(({ lesson }) => lesson.unit === unit.number).map(({ lesson }) => listed(lesson)),
  }));
  const loaders = ordered.map(
    ({ name, lesson }) => `${JSON.stringify(lesson.id)}: () => import('${lessonPrefix}${name}'),`,
  );
  return `export const catalogue = ${JSON.stringify(catalogue)};
export const loaders = {\n${loaders.join('\n')}\n};`;
}

/** @param {any} lesson */
function listed({ id, number, title, goal, minutes, needs, steps }) {
  return { id, number, title, goal, minutes, needs, steps: steps.map((/** @type {any} */ step) => step.id) };
}
