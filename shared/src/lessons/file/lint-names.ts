/** Names in a lesson have to stand for something. */
import type { FrontMatter } from '../lesson.ts';
import { bare, namesIn } from '../names.ts';
import { stringsIn } from './strings-in.ts';
import type { Path, Say } from './yaml.ts';

/** In words that only some places fill in. */
const placed = ['event', 'text', 'line', 'code', 'size', 'given', 'it', 'machine'];
const namingKeys = new Set([
  'on',
  'dial',
  'close',
  'reset',
  'shutdown',
  'pause',
  'resume',
  'behave',
  'setsockopt',
  'accept',
  'stream',
  'datagram',
  'of',
  'to',
  'connect',
  'listen',
  'outside',
]);

/** Every name that is used anywhere, and in actions every name that stands for something by then. */
export function lintNames(front: FrontMatter, say: Say): void {
  const given = [...Object.keys(front.vars ?? {}), ...Object.keys(front.scene ?? {}).map(bare), ...placed];
  const anywhere = new Set([...given, ...madeIn(front)]);
  for (const [name, path] of namesUsed(front, [])) {
    if (!anywhere.has(name)) say(path, `there is no ${name}: neither in vars or scene, nor by "as"`);
  }
  const byThen = new Set(given);
  for (const [index, step] of front.steps.entries()) {
    for (const name of madeIn(step.check)) byThen.add(name);
    for (const [actions, path] of performed(step, ['steps', index])) {
      const own = new Set(madeIn(actions));
      for (const [name, at] of namesUsed(actions, path)) {
        const isKnown = byThen.has(name) || own.has(name) || !anywhere.has(name);
        if (!isKnown)
          say(at, `${name} stands for nothing here: it is made in another list of actions or a later step`);
      }
    }
  }
}

/** Each list is performed by itself: what one makes, another does not know. */
function* performed(step: FrontMatter['steps'][number], path: Path): Generator<readonly [unknown, Path]> {
  yield [step.solve, [...path, 'solve']];
  if (step.act !== undefined) yield [step.act.do, [...path, 'act', 'do']];
  for (const [index, wrong] of (step.wrong ?? []).entries())
    yield [wrong.do, [...path, 'wrong', index, 'do']];
}

const madeIn = (value: unknown): string[] =>
  [...stringsIn(value, [])].flatMap(([key, text]) => (key === 'as' ? [bare(text)] : []));

function* namesUsed(value: unknown, path: Path): Generator<readonly [string, Path]> {
  for (const [key, text, at] of stringsIn(value, path)) {
    const isName = namingKeys.has(key) && /^\$?[a-z][A-Za-z0-9]*$/.test(text) && !isWord(key, text);
    for (const name of [...namesIn(text), ...(isName ? [bare(text)] : [])]) yield [name, at];
  }
}

/** `accept: manual` is no name. */
const isWord = (key: string, text: string) => key === 'accept' && (text === 'manual' || text === 'auto');
