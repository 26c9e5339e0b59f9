import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { behaviours } from '@socket-playground/shared/behaviours/index.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import { explainedCodes } from '@socket-playground/shared/explain.ts';
import { problemKinds } from '@socket-playground/shared/problems.ts';
import { formatNames } from '@socket-playground/shared/recording/export/formats.ts';
import { gapReason } from '@socket-playground/shared/wire/messages.ts';
import { startTestAgent } from './agent.ts';

const constant = z.object({ const: z.optional(z.unknown()), examples: z.optional(z.array(z.unknown())) });
const schema = z.object({
  description: z.optional(z.string()),
  enum: z.optional(z.array(z.unknown())),
  properties: z.optional(
    z.record(z.string(), z.looseObject({ ...constant.shape, enum: z.optional(z.array(z.unknown())) })),
  ),
  oneOf: z.optional(z.array(z.object({ properties: z.optional(z.record(z.string(), constant)) }))),
  anyOf: z.optional(z.array(constant)),
  discriminator: z.optional(z.object({ mapping: z.record(z.string(), z.string()) })),
});
type Schema = z.infer<typeof schema>;
const openApi = z.looseObject({
  openapi: z.string(),
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.unknown()),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

const documented = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({ content: z._default(z.record(z.string(), z.unknown()), {}) }),
        ),
      }),
    ),
  ),
});

async function readDocument() {
  const agent = await startTestAgent();
  const whole: unknown = await (await agent.get('/api/openapi.json')).json();
  return { ...openApi.parse(whole), text: JSON.stringify(whole) };
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const constants = (schemas: Schema['oneOf'] = [], field: string) =>
  schemas.map(({ properties = {} }) => properties[field]?.const);

test('the document is OpenAPI 3.1 and names every route', async () => {
  const { openapi, info, paths } = await readDocument();
  expect(openapi).toBe('3.1.0');
  expect(info.version).toBe('1.2.3');
  expect(Object.keys(paths).sort()).toEqual([
    '/api/commands',
    '/api/events',
    '/api/events/{seq}/data',
    '/api/kernel',
    '/api/openapi.json',
    '/api/sessions',
    '/api/sessions/{id}',
    '/api/sessions/{id}/events/{seq}/data',
    '/api/sockets',
    '/healthz',
  ]);
});

test('every answer is documented: what comes when all is well, each form of a session, and refusals', async () => {
  const agent = await startTestAgent();
  const { paths } = documented.parse(await (await agent.get('/api/openapi.json')).json());
  for (const [path, methods] of Object.entries(paths)) {
    for (const { responses } of Object.values(methods)) {
      expect([path, Object.keys(responses)]).toEqual([path, ['200', '4XX', '5XX']]);
      for (const { content } of Object.values(responses)) expect(content, path).not.toEqual({});
    }
  }
  const forms = Object.keys(paths['/api/sessions/{id}']?.get?.responses['200']?.content ?? {});
  for (const query of [...formatNames.map((name) => `format=${name}`), 'progress=1']) {
    const response = await agent.get(`/api/sessions/current?${query}`);
    expect(forms).toContain(response.headers.get('content-type')?.split(';')[0]);
  }
});

test('every command is documented by itself, with its fields and its result', async () => {
  const { components } = await readDocument();
  const names = Object.keys(verbs);
  expect(Object.keys(components.schemas.Command?.discriminator?.mapping ?? {})).toEqual(names);
  for (const name of names) {
    const command = components.schemas[`${capitalised(name)}Command`];
    expect(command?.description).toContain(`${capitalised(name)}Result`);
    expect(command?.properties ?? command?.oneOf).toBeDefined();
    expect(components.schemas[`${capitalised(name)}Result`]?.properties).toBeDefined();
  }
  expect(Object.keys(components.schemas.ServeCommand?.properties ?? {})).toEqual(
    expect.arrayContaining(['type', 'socketType', 'family', 'host', 'port', 'behaviour', 'backlog', 'label']),
  );
});

test('every event type, behaviour, problem code and gap reason is listed', async () => {
  const { components } = await readDocument();
  const { Event, Behaviour, ProblemCode, Gap } = components.schemas;
  expect(constants(Event?.oneOf, 'type').sort()).toEqual([...eventTypes].sort());
  expect(constants(Behaviour?.oneOf, 'name').sort()).toEqual(Object.keys(behaviours).sort());
  expect(ProblemCode?.anyOf?.map((code) => code.const)).toEqual([...Object.keys(problemKinds), undefined]);
  expect(ProblemCode?.anyOf?.at(-1)?.examples).toEqual(explainedCodes);
  expect(Gap?.properties?.reason?.enum).toEqual([...gapReason.options]);
});

test('every reference leads somewhere', async () => {
  const document = await readDocument();
  const references = document.text.match(/"#\/components\/schemas\/\w+"/g) ?? [];
  const known = Object.keys(document.components.schemas).map((name) => `"#/components/schemas/${name}"`);
  expect(references.length).toBeGreaterThan(30);
  expect([...new Set(references)].filter((reference) => !known.includes(reference))).toEqual([]);
});
