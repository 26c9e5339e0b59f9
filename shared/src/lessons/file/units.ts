/** `units.yaml` → the units with their experiments as prose. */
import * as z from 'zod/mini';
import { unitEntry } from '../lesson.ts';
import type { Unit } from '../lesson.ts';
import type { FileMistakes } from './mistakes.ts';
import { proseOf } from './prose.ts';
import { Yaml } from './yaml.ts';

export function readUnits(text: string, mistakes: FileMistakes): Unit[] | null {
  const yaml = new Yaml(text, 1, mistakes);
  const entries = yaml.read(z.array(unitEntry), mistakes);
  return (
    entries?.map((entry, index) => ({
      ...entry,
      break: proseOf(entry.break, yaml.lineOf([index, 'break']), mistakes),
    })) ?? null
  );
}
