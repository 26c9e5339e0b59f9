/** Every string in a lesson, with its key and where it is. */
import type { Path } from './yaml.ts';

export function* stringsIn(value: unknown, path: Path): Generator<readonly [string, string, Path]> {
  if (typeof value === 'string') yield [String(path.at(-1)), value, path];
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) yield* stringsIn(each, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) yield* stringsIn(each, [...path, key]);
}
