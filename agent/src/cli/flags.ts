/** What the command line says. Pure: nothing is started, nothing is printed. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import ipaddr from 'ipaddr.js';
import { allowExpects, parseAllow } from '../policy/allow.ts';
import type { AllowRule } from '../policy/allow.ts';
import { defaultKeep, keepExpects, parseKeep } from '../sessions/keep.ts';
import type { KeepRule } from '../sessions/keep.ts';

export interface Flags {
  readonly port: number;
  readonly host: string;
  readonly open: boolean;
  readonly json: boolean;
  readonly allow: readonly AllowRule[];
  readonly expose: boolean;
  readonly origins: readonly URL[];
  /** Where sessions are kept; null leaves it to the system's custom. */
  readonly data: string | null;
  readonly keep: readonly KeepRule[];
}

export type Invocation =
  | { readonly kind: 'run'; readonly flags: Flags }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

const defaultPort = 7654;
const lastPort = 65_535;

/** Every flag. `expects` fits behind "should be" and marks a flag that takes a value. */
const flags = {
  port: { expects: `a port number from 0 to ${lastPort}` },
  host: {
    expects:
      'a loopback address: 127.0.0.1, ::1 or localhost. The page is for this computer only; ' +
      `from another one use ssh -L ${defaultPort}:127.0.0.1:${defaultPort} and, when the ports differ, --origin`,
  },
  allow: { expects: allowExpects },
  origin: { expects: 'an address of a page without a path: http://localhost:9000' },
  data: { expects: 'a folder to keep sessions in' },
  keep: { expects: keepExpects },
  'no-open': {},
  json: {},
  expose: {},
  help: {},
  version: {},
} as const satisfies Record<string, { readonly expects?: string }>;

type Name = keyof typeof flags;
type ValueName = { [N in Name]: (typeof flags)[N] extends { expects: string } ? N : never }[Name];
type Given = ReadonlyMap<Name, readonly string[]>;

const isName = (name: string): name is Name => Object.hasOwn(flags, name);
const takesValue = (name: Name): name is ValueName => 'expects' in flags[name];

class Mistake extends Error {}

const wrongValue = (name: ValueName, value: string) =>
  new Mistake(`--${name} should be ${flags[name].expects}; it is "${value}".`);

export function parseFlags(args: readonly string[]): Invocation {
  try {
    const given = readTokens(args);
    if (given.has('help')) return { kind: 'help' };
    if (given.has('version')) return { kind: 'version' };
    return { kind: 'run', flags: checked(given) };
  } catch (error) {
    if (error instanceof Mistake) return { kind: 'mistake', message: error.message };
    throw error;
  }
}

/** Not strict: what is wrong is said here, in the same words for every flag. */
function readTokens(args: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.keys(flags).map(
      (name) => [name, { type: isName(name) && takesValue(name) ? 'string' : 'boolean' }] as const,
    ),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<Name, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new Mistake(`"${token.value}" is not a flag; only flags are expected.`);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!isName(name)) throw new Mistake(`There is no flag ${rawName}; --help lists them all.`);
    if (takesValue(name) && value === undefined)
      throw new Mistake(`--${name} needs a value: ${flags[name].expects}.`);
    if (!takesValue(name) && value !== undefined)
      throw new Mistake(`--${name} takes no value; it has "${value}".`);
    given.set(name, [...(given.get(name) ?? []), ...(value === undefined ? [] : [value])]);
  }
  return given;
}

function checked(given: Given): Flags {
  const all = <T>(name: ValueName, parse: (text: string) => T | null): T[] =>
    (given.get(name) ?? []).map((text) => {
      const value = parse(text);
      if (value === null) throw wrongValue(name, text);
      return value;
    });
  return {
    port: all('port', parsePort).at(-1) ?? defaultPort,
    host: all('host', parseHost).at(-1) ?? '127.0.0.1',
    open: !given.has('no-open'),
    json: given.has('json'),
    allow: all('allow', parseAllow),
    expose: given.has('expose'),
    origins: all('origin', parseOrigin),
    data: all('data', parseFolder).at(-1) ?? null,
    keep: given.has('keep') ? all('keep', parseKeep) : defaultKeep,
  };
}

function parsePort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  return port <= lastPort ? port : null;
}

/** Loopback only (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3): the port opens sockets for whoever drives it. */
function parseHost(text: string): string | null {
  if (text === 'localhost') return '127.0.0.1';
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  if (ipaddr.IPv4.isValidFourPartDecimal(bare))
    return ipaddr.IPv4.parse(bare).range() === 'loopback' ? bare : null;
  return ipaddr.IPv6.isValid(bare) && ipaddr.IPv6.parse(bare).range() === 'loopback' ? '::1' : null;
}

const parseFolder = (text: string): string | null => (text.trim() === '' ? null : resolve(text));

function parseOrigin(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isOrigin = ['http:', 'https:'].includes(url.protocol) && url.href === `${url.origin}/`;
  return isOrigin ? url : null;
}
