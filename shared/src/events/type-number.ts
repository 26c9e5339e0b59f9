import { eventTypes } from './event.ts';
import type { EventType } from './event.ts';

const numbers: ReadonlyMap<string, number> = new Map(eventTypes.map((type, number) => [type, number]));

/** The number of a type in records and columns: its position in `eventTypes`. No other number stands for what is no type. */
export function typeNumber(type: EventType): number {
  const number = numbers.get(type);
  if (number === undefined) throw new Error(`There is no event of type ${type}.`);
  return number;
}
