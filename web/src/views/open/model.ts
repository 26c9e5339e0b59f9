/** The forms New server and New client: what is entered, what it means as a command, and which calls that makes. */
import { behaviourNames, behaviours } from '@socket-playground/shared/behaviours/index.ts';
import type { BehaviourName } from '@socket-playground/shared/behaviours/index.ts';
import { defaultBacklog } from '@socket-playground/shared/commands/defaults.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import type { SocketType } from '@socket-playground/shared/events/address.ts';
import { isWildcard } from '@socket-playground/shared/events/special-hosts.ts';
import * as z from 'zod/mini';
import { fieldsOf, valueOf } from './shapes.ts';
import type { Entry, FieldShape } from './shapes.ts';

export type Kind = 'server' | 'client';
type OpenVerb = 'serve' | 'dial';
const verbOf = { server: 'serve', client: 'dial' } as const satisfies Record<Kind, OpenVerb>;

/** Choices that are calls of their own, made one by one. */
export interface Extras {
  readonly broadcast: boolean;
  /** Multicast group to join; empty for none. */
  readonly group: string;
  /** The address of the interface to join it on; empty for the one the routing table says. */
  readonly joinOn: string;
}

export interface Form {
  readonly kind: Kind;
  readonly socketType: SocketType;
  readonly behaviour: BehaviourName;
  /** Everything else, by the command's field name. */
  readonly entries: Readonly<Record<string, Entry>>;
  /** The behaviour's own options, by their name. */
  readonly options: Readonly<Record<string, Entry>>;
  readonly extras: Extras;
}

export const defaultPort = 8888;
const defaultHost = '127.0.0.1';

const serverEntries = { host: defaultHost, port: String(defaultPort), backlog: String(defaultBacklog) };
/** Groups are joined on the loopback interface unless told otherwise: what arrives there comes from this computer. */
const noExtras: Extras = { broadcast: false, group: '', joinOn: '127.0.0.1' };

export function newForm(kind: Kind): Form {
  const entries = kind === 'server' ? serverEntries : { host: defaultHost, port: String(defaultPort) };
  const behaviour = kind === 'server' ? favourite('stream') : 'none';
  return { kind, socketType: 'stream', behaviour, entries, options: {}, extras: noExtras };
}

interface FieldWords {
  readonly label: string;
  readonly where: 'main' | 'advanced' | 'elsewhere';
  readonly placeholder?: string;
  /** The field means nothing for the other type. */
  readonly only?: SocketType;
  readonly words?: Readonly<Record<string, string>>;
  /** What an option means, where its name does not say. */
  readonly says?: Readonly<Record<string, string>>;
  /** The option that leaving the field out means. */
  readonly absent?: string;
}
type FieldsOf<V extends OpenVerb> = Record<
  Exclude<keyof (typeof verbs)[V]['schema']['shape'], 'type'>,
  FieldWords
>;

const common = {
  socketType: { label: 'Protocol', where: 'elsewhere' },
  host: { label: 'Host', where: 'main' },
  port: { label: 'Port', where: 'main' },
  behaviour: { label: 'Behaviour', where: 'elsewhere' },
  family: { label: 'Address family', where: 'advanced', words: { inet: 'IPv4', inet6: 'IPv6' } },
  label: { label: 'Label', where: 'advanced', placeholder: 'any name' },
} as const satisfies Record<string, FieldWords>;

/** How the fields of both commands are called; a field of a schema that is missing here does not compile. */
const words = {
  serve: {
    ...common,
    backlog: { label: 'Backlog', where: 'advanced', only: 'stream' },
    accept: {
      ...{ label: 'Accept', where: 'advanced', only: 'stream', absent: 'auto' },
      says: {
        auto: 'Each client is accepted at once.',
        manual: 'Clients wait in the queue until you press Accept.',
      },
    },
  } satisfies FieldsOf<'serve'>,
  dial: {
    ...common,
    timeout: { label: 'Timeout, ms', where: 'advanced', placeholder: 'none' },
    readSize: { label: 'Read size, bytes', where: 'advanced', only: 'stream', placeholder: '65536' },
  } satisfies FieldsOf<'dial'>,
} as const;

export interface FormField extends FieldShape {
  readonly label: string;
  readonly where: FieldWords['where'];
  readonly placeholder: string;
  readonly words: Readonly<Record<string, string>>;
  readonly says: Readonly<Record<string, string>>;
  readonly absent: string | null;
}

/** The fields of the form's command that apply to its protocol, in the schema's order. */
export function formFields({ kind, socketType }: Pick<Form, 'kind' | 'socketType'>): readonly FormField[] {
  const verb = verbOf[kind];
  const all: Readonly<Record<string, FieldWords>> = words[verb];
  return fieldsOf(verbs[verb].schema.shape).flatMap((field) => {
    const known = all[field.name];
    if (known === undefined || (known.only !== undefined && known.only !== socketType)) return [];
    const { label, where, placeholder = '', words: names = {}, says = {}, absent = null } = known;
    return [{ ...field, label, where, placeholder, words: names, says, absent }];
  });
}

const optionWords: Readonly<Record<string, string>> = { once: 'answer once, then close' };

/** The options of a behaviour, as its schema has them. */
export function behaviourOptions(name: BehaviourName): readonly (FieldShape & { readonly label: string })[] {
  return fieldsOf(behaviours[name].options.shape).map((field) => ({
    ...field,
    label: optionWords[field.name] ?? field.name,
  }));
}

export interface BehaviourChoice {
  readonly name: BehaviourName;
  readonly summary: string;
  /** Why it cannot be chosen, or null. */
  readonly refused: string | null;
}

/** Every behaviour in the registry's order; those that do not serve the protocol say so. */
export function behaviourChoices(socketType: SocketType): readonly BehaviourChoice[] {
  return behaviourNames.map((name) => {
    const { summary, serves } = behaviours[name];
    const refused = serves.includes(socketType)
      ? null
      : socketType === 'dgram'
        ? 'only over TCP'
        : 'only over UDP';
    return { name, summary: summary[socketType], refused };
  });
}

const serves = (name: BehaviourName, socketType: SocketType): boolean =>
  behaviours[name].serves.includes(socketType);

/** What a new server does unless told otherwise: the first behaviour that answers by itself. */
function favourite(socketType: SocketType): BehaviourName {
  return (
    behaviourNames.find((name) => behaviours[name].answersOn.length > 0 && serves(name, socketType)) ?? 'none'
  );
}

/** The form with another protocol; a behaviour that does not serve it gives way to the first that does. */
export function withProtocol(form: Form, socketType: SocketType): Form {
  const behaviour = serves(form.behaviour, socketType) ? form.behaviour : favourite(socketType);
  return { ...form, socketType, behaviour };
}

export type OpenCommand = CommandOf<OpenVerb>;
export type Wrong = ReadonlyMap<string, string>;
export type Reading =
  { readonly ok: true; readonly command: OpenCommand } | { readonly ok: false; readonly wrong: Wrong };

const controlOrSpace = /[\p{Cc}\s]/u;

function wrongHost(entry: Entry): string | null {
  const text = String(entry).trim();
  if (text === '') return 'An address such as 127.0.0.1, or a name such as localhost.';
  if (/^\w+:\/\//.test(text)) return 'Only the name or address, without http:// and path.';
  return controlOrSpace.test(text) ? 'An address or a name has no spaces.' : null;
}

const multicast = /^(22[4-9]|23\d)\.\d+\.\d+\.\d+$|^ff[0-9a-f]{2}:/i;

export interface GroupNeed {
  readonly says: string;
  /** The address that would hear it, where this agent may bind to it. */
  readonly host: string | null;
}

/**
 * What keeps a socket from hearing a group, or null: it gets only what was sent to the address it is bound to
 * (ip(7), IP_ADD_MEMBERSHIP), and that must be every address, or the group's own.
 */
export function groupNeed({ entries, extras }: Form, expose: boolean): GroupNeed | null {
  const bound = String(entries.host ?? '').trim();
  if (isWildcard(bound) || multicast.test(bound)) return null;
  const host = extras.group.includes(':') ? '::' : '0.0.0.0';
  const says = `Only a socket at ${host} hears a group: any other gets only what is sent to its own address.`;
  if (expose) return { says, host };
  return { says: `${says} That takes an agent started with --expose.`, host: null };
}

function wrongExtras({ group }: Extras): [string, string][] {
  if (group === '' || multicast.test(group)) return [];
  return [['group', 'Groups are 224.0.0.0 to 239.255.255.255, or begin with ff in IPv6.']];
}

function behaviourConfig(form: Form): Record<string, unknown> {
  const options = behaviourOptions(form.behaviour).map((field): [string, unknown] => {
    const value = valueOf(field, form.options[field.name] ?? '');
    return [field.name, value.ok && value.value !== '' ? value.value : undefined];
  });
  return Object.fromEntries([
    ['name', form.behaviour],
    ...options.filter(([, value]) => value !== undefined),
  ]);
}

/** The command the form stands for, or for each wrong field what it should be. */
export function readForm(form: Form): Reading {
  const wrong = new Map<string, string>(form.socketType === 'dgram' ? wrongExtras(form.extras) : []);
  const draft: Record<string, unknown> = { type: verbOf[form.kind], socketType: form.socketType };
  if (form.kind === 'server') draft.behaviour = behaviourConfig(form);
  for (const field of formFields(form)) {
    if (field.where === 'elsewhere') continue;
    const entry = form.entries[field.name] ?? '';
    const hostProblem = field.name === 'host' ? wrongHost(entry) : null;
    const value = valueOf(field, entry);
    if (hostProblem !== null) wrong.set(field.name, hostProblem);
    else if (!value.ok) wrong.set(field.name, value.wrong);
    else if (value.value !== undefined) draft[field.name] = value.value;
  }
  if (wrong.size > 0) return { ok: false, wrong };
  const command = z.safeParse(z.union([verbs.serve.schema, verbs.dial.schema]), draft);
  if (command.success) return { ok: true, command: command.data };
  return {
    ok: false,
    wrong: new Map(command.error.issues.map(({ path, message }) => [String(path[0] ?? ''), message])),
  };
}
