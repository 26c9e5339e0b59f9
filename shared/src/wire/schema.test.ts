/**
 * What page, agent and outside programs say to each other, as JSON Schema in a committed file. When this fails, decide:
 * does an older page or program still understand? If not, raise `protocolVersion`. Then update the file (`vitest -u`).
 */
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { verbs } from '../commands/verbs.ts';
import { jsonEvent } from '../events/event.ts';
import { agentMessage, pageMessage } from './messages.ts';
import { protocolVersion } from './version.ts';

const schemaOf = (schema: z.core.$ZodType) => z.toJSONSchema(schema, { io: 'input' });

it('the wire is what the committed schema says', async () => {
  const commands: Record<string, unknown> = {};
  for (const [verb, { schema, result }] of Object.entries(verbs)) {
    commands[verb] = { command: schemaOf(schema), result: schemaOf(result) };
  }
  const wire = {
    protocolVersion,
    pageMessage: schemaOf(pageMessage),
    agentMessage: schemaOf(agentMessage),
    event: schemaOf(jsonEvent),
    commands,
  };
  await expect(`${JSON.stringify(wire, null, 2)}\n`).toMatchFileSnapshot('wire-schema.snap');
});
