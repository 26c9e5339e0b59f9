/** The named schemas of the API document: each command and result, events, problems, sockets. */
import * as z from 'zod/mini';
import { behaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import type { Verb } from '@socket-playground/shared/commands/verbs.ts';
import { address } from '@socket-playground/shared/events/address.ts';
import { jsonEvent } from '@socket-playground/shared/events/event.ts';
import { explainedCodes } from '@socket-playground/shared/explain.ts';
import { payload } from '@socket-playground/shared/payload/payload.ts';
import { sessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import { kernelSocket, kernelView } from '@socket-playground/shared/kernel/view.ts';
import { problemSchema } from '@socket-playground/shared/problem.ts';
import { problemKinds } from '@socket-playground/shared/problems.ts';
import { gap } from '@socket-playground/shared/wire/messages.ts';
import {
  commandBody,
  eventLine,
  refusal,
  sessionList,
  socketList,
  socketSummary,
  success,
} from './schemas.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const capitalised = (verb: string) => verb.charAt(0).toUpperCase() + verb.slice(1);
const commandId = (verb: Verb) => `${capitalised(verb)}Command`;
const resultId = (verb: Verb) => `${capitalised(verb)}Result`;
const reference = (id: string) => `#/components/schemas/${id}`;
const refer = (id: string) => ({ $ref: reference(id) });

const isVerb = (name: string): name is Verb => Object.hasOwn(verbs, name);
const everyVerb: readonly Verb[] = Object.keys(verbs).filter(isVerb);

const named = {
  Address: address,
  Behaviour: behaviourConfig,
  Command: commandBody,
  Event: jsonEvent,
  EventLine: eventLine,
  Gap: gap,
  KernelSocket: kernelSocket,
  KernelView: kernelView,
  Payload: payload,
  Problem: problemSchema,
  Refusal: refusal,
  Session: sessionInfo,
  SessionList: sessionList,
  Socket: socketSummary,
  SocketList: socketList,
  Success: success,
} as const;

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
for (const verb of everyVerb) {
  registry.add(verbs[verb].schema, { id: commandId(verb) });
  // Some commands share a result; each has its own name here.
  registry.add(z.clone(verbs[verb].result), { id: resultId(verb) });
}

/** The name a schema has in the document, or null. */
export function idOf(schema: z.core.$ZodType): string | null {
  return registry.get(schema)?.id ?? null;
}

/** Every named schema as JSON Schema (draft 2020-12, which OpenAPI 3.1 speaks). */
export function components(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    unrepresentable: 'any',
    uri: reference,
    override: tidy,
  });
  const found = Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, withoutIdentity(schema)]),
  );
  return { ...found, ...commands(found), ...problems(found) };
}

/** The safe integers are JSON's own bounds: not worth saying. */
function tidy({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

function withoutIdentity(schema: JsonSchema): JsonSchema {
  const bare: JsonSchema = { ...schema };
  delete bare.$schema;
  delete bare.$id;
  return bare;
}

/** Which result belongs to which command is told by their names and in words: JSON Schema cannot tie the two. */
function commands(found: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const described = everyVerb.map((verb): [string, JsonSchema] => [
    commandId(verb),
    { ...found[commandId(verb)], description: `${verbs[verb].summary} Answers with ${resultId(verb)}.` },
  ]);
  const mapping = Object.fromEntries(everyVerb.map((verb) => [verb, reference(commandId(verb))]));
  return {
    ...Object.fromEntries(described),
    Command: { ...found.Command, discriminator: { propertyName: 'type', mapping } },
    Success: withProperty(found.Success, 'result', { anyOf: everyVerb.map((verb) => refer(resultId(verb))) }),
  };
}

function problems(found: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const own = Object.entries(problemKinds).map(([code, { status }]) => ({
    const: code,
    description: `HTTP ${status}`,
  }));
  const kernel: JsonSchema = {
    type: 'string',
    pattern: '^E[A-Z0-9_]+$',
    examples: [...explainedCodes],
    description: "The kernel's or the resolver's own code. HTTP 409",
  };
  return {
    ProblemCode: { anyOf: [...own, kernel] },
    Problem: withProperty(found.Problem, 'code', refer('ProblemCode')),
  };
}

function withProperty(schema: JsonSchema = {}, name: string, property: JsonSchema): JsonSchema {
  return { ...schema, properties: { ...schema.properties, [name]: property } };
}
