/** Zod's issues in words that fit behind "should be". Schemas with words of their own keep them. */
import * as z from 'zod/mini';
import { visible } from '../payload/visible.ts';
import { anyOf } from '../schema.ts';

const longestQuote = 40;

/** Text someone else wrote, quoted: safe to show, and not longer than a few words. */
function quote(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return `"${visible(shown)}"`;
}

const mostKeys = 3;

function describeObject(value: object): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an empty object';
  const more = keys.length > mostKeys ? ' …' : '';
  return `an object with ${keys.slice(0, mostKeys).map(quote).join(', ')}${more}`;
}

/** A value of any kind in a few words: `"abc"`, `70000`, `a list`. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? describeObject(value) : 'nothing JSON can carry';
}

const listSeparator = ', ';

/** The names in the message that `expectation` gives to unknown fields. */
export const namesIn = (message: string): string[] => message.split(listSeparator);

const anyValue = (values: readonly unknown[]) => anyOf(values.map(describeValue));

/** The error map of a command: the fields there are for an unknown one, else what the value should have been. */
export const expectation: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.inst instanceof z.ZodMiniObject
        ? Object.keys(issue.inst.shape).join(listSeparator)
        : 'none';
    case 'invalid_value':
      return anyValue(issue.values);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? anyValue(issue.options) : 'something else';
    case 'invalid_type':
      return issue.expected === 'object' ? 'an object' : `a ${issue.expected}`;
    default:
      return 'something else';
  }
};
