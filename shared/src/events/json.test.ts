import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseBase64 } from '../payload/base64.ts';
import { anyEvent } from '../../test/any-event.ts';
import { carriesBytes, jsonEvent, socketEvent } from './event.ts';
import { toJsonEvent } from './json.ts';

it('an event becomes JSON that its schema takes, with the same bytes', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      expect(socketEvent.safeParse(event).success).toBe(true);
      const json: unknown = JSON.parse(JSON.stringify(toJsonEvent(event)));
      const read = jsonEvent.parse(json);
      const bytes = 'data' in read ? parseBase64(read.data) : null;
      expect(bytes).toEqual(carriesBytes(event) ? { ok: true, bytes: event.data } : null);
      expect({ ...read, data: null }).toEqual({ ...event, data: null });
    }),
  );
});
