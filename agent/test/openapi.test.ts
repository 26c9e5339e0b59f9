import { expect, test } from 'vitest';
import { behaviours } from '@socket-playground/shared/behaviours/index.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import { problemKinds } from '@socket-playground/shared/problems.ts';
import { startTestAgent } from './agent.ts';

interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly discriminator?: { readonly mapping: Readonly<Record<string, string>> };
  readonly description?: string;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, object>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

async function readDocument(): Promise<Document> {
  const agent = await startTestAgent();
  return (await agent.get('/api/openapi.json')).json();
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const constants = (schemas: readonly Schema[] = [], field: string) =>
  schemas.map(({ properties = {} }) => properties[field]?.const);

test('the document is OpenAPI 3.1 and names every route', async () => {
  const { openapi, info, paths } = await readDocument();
  expect(openapi).toBe('3.1.0');
  expect(info.version).toBe('1.2.3');
  expect(Object.keys(paths).sort()).toEqual([
    '/api/commands',
    '/api/events',
    '/api/events/{seq}/data',
    '/api/openapi.json',
    '/api/sockets',
    '/healthz',
  ]);
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
  expect(ProblemCode?.anyOf?.map((schema) => schema.const)).toEqual([
    ...Object.keys(problemKinds),
    undefined,
  ]);
  expect(Gap?.properties?.reason?.enum).toEqual(['memory-limit']);
});

test('every reference leads somewhere', async () => {
  const document = await readDocument();
  const references = JSON.stringify(document).match(/"#\/components\/schemas\/\w+"/g) ?? [];
  const known = Object.keys(document.components.schemas).map((name) => `"#/components/schemas/${name}"`);
  expect(references.length).toBeGreaterThan(30);
  expect([...new Set(references)].filter((reference) => !known.includes(reference))).toEqual([]);
});
