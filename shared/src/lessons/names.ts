/** What names stand for, and the text in which `${…}` stands for something. */
import { formatAddress } from '../events/address.ts';
import type { Address } from '../events/address.ts';
import type { SocketEvent } from '../events/event.ts';
import { decodeUtf8 } from '../payload/utf8.ts';
import type { Facts } from './facts.ts';

/** A socket of the scene, an event that a check found, or a socket that an action made. */
export interface Thing {
  readonly socket: number | null;
  readonly event: SocketEvent | null;
  readonly address: Address | null;
}

export type Value = string | number | boolean | null | Address;

/** What the machine is, as far as lessons speak of it. */
export interface Machine {
  readonly name: string;
  readonly platform: string;
}

/** Everything that a name may mean at one moment. */
export interface Names {
  readonly vars: Readonly<Record<string, string | number>>;
  readonly machine: Machine;
  readonly facts: Facts;
  thing(name: string): Thing | undefined;
}

const reference = /^\$([A-Za-z][A-Za-z0-9_]*)((?:\.[A-Za-z0-9]+)*)$/;
const placeholder = /\$\{([A-Za-z][A-Za-z0-9_]*)((?:\.[A-Za-z0-9]+)*)\}/g;

/** `$srv` and `srv` are the same name. */
export const bare = (given: string): string => (given.startsWith('$') ? given.slice(1) : given);

/** The name a string begins with when it is a reference and nothing else: `$srv`, `$c.remote.port`. */
export function referenceOf(
  text: string,
): { readonly name: string; readonly path: readonly string[] } | null {
  const [, name, path = ''] = reference.exec(text) ?? [];
  return name === undefined ? null : { name, path: path.split('.').filter(Boolean) };
}

/** Every name that a string mentions, as `$name` or in `${name…}`. */
export function namesIn(text: string): string[] {
  const whole = referenceOf(text);
  return whole === null ? Array.from(text.matchAll(placeholder), ([, name = '']) => name) : [whole.name];
}

/** What `$name`, `$name.path` or `${name.path}` is; undefined when there is nothing there. */
export function lookUp(name: string, path: readonly string[], names: Names): Value | undefined {
  if (name === 'machine')
    return path[0] === 'name' || path[0] === 'platform' ? names.machine[path[0]] : undefined;
  if (path.length === 0 && Object.hasOwn(names.vars, name)) return names.vars[name];
  const thing = names.thing(bare(name));
  if (thing === undefined) return undefined;
  return path.length === 0 ? (thing.socket ?? thing.address ?? undefined) : fieldOf(thing, path, names.facts);
}

/** A field of what a name stands for: of its event, else one of its addresses. */
function fieldOf(thing: Thing, path: readonly string[], facts: Facts): Value | undefined {
  const own = thing.event === null ? undefined : pathOf(thing.event, path);
  if (own !== undefined) return own;
  const { local, remote } = facts.of(thing.socket);
  const here = local ?? thing.address;
  const [first = '', ...rest] = path;
  if (first === 'text' && thing.event !== null && 'data' in thing.event) return decodeUtf8(thing.event.data);
  if (first === 'local') return here === null ? undefined : pathOf(here, rest);
  if (first === 'remote' || first === 'peer') return remote === null ? undefined : pathOf(remote, rest);
  if (first === 'address') return here === null ? undefined : formatAddress(here);
  return here === null ? undefined : pathOf(here, path);
}

/** A field by its dotted path; lists are gone into by position. */
export function pathOf(value: unknown, path: readonly string[]): Value | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return isValue(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return pathOf(new Map(Object.entries(value)).get(first), rest);
}

function isValue(value: unknown): value is Value {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  return typeof value === 'object' && 'host' in value && 'port' in value;
}

/** Text with every `${…}` filled in; what there is nothing for yet stays as it is. */
export function expand(text: string, names: Names): string {
  return text.replaceAll(placeholder, (whole, name: string, path: string) => {
    const value = lookUp(name, path.split('.').filter(Boolean), names);
    return value === undefined ? whole : wordsOf(value);
  });
}

/** A value as a sentence has it. */
export const wordsOf = (value: Value): string =>
  typeof value === 'object' && value !== null ? formatAddress(value) : String(value);
