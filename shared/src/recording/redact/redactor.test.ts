import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '../../events/event.ts';
import { indexOfBytes } from '../../payload/find.ts';
import { decodeUtf8, encodeUtf8 } from '../../payload/utf8.ts';
import { Redactor } from './redactor.ts';

/** A text cut at these places, as one direction of a socket. */
function cut(bytes: Uint8Array, cuts: readonly number[], socket = 1): SocketEvent[] {
  const places = [0, ...cuts.map((at) => at % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((to, index): SocketEvent => {
    const data = bytes.slice(places[index], to);
    return { seq: index + 1, time: index, socket, type: 'received', size: data.length, data };
  });
}

function redacted(events: readonly SocketEvent[], patterns: readonly Uint8Array[] = []) {
  const redactor = new Redactor(patterns);
  for (const event of events) redactor.look(event);
  redactor.rewind();
  return { events: events.map((event) => redactor.redact(event)), places: redactor.places };
}

function bytesOf(events: readonly SocketEvent[]): Uint8Array {
  return Uint8Array.from(events.flatMap((event) => ('data' in event ? [...event.data] : [])));
}

const cuts = fc.array(fc.nat(2_000), { maxLength: 40 });
const secret = fc.stringMatching(/^[0-9A-WYZ]{4,20}$/);
const request = (value: string) =>
  `GET / HTTP/1.1\r\nHost: here\r\naUTHORization:  Basic ${value}\r\nCookie: a=${value}\r\n\r\nbody`;

describe('header values', () => {
  it('are hidden whatever the slicing, and nothing else is changed', () => {
    fc.assert(
      fc.property(secret, cuts, (value, places) => {
        const events = cut(encodeUtf8(request(value)), places);
        const kept = structuredClone(events);
        const { events: hidden, places: count } = redacted(events);
        const hide = (text: string) => 'x'.repeat(text.length);
        expect(decodeUtf8(bytesOf(hidden))).toBe(
          request(value).replace(`Basic ${value}`, hide).replace(`a=${value}`, hide),
        );
        expect(count).toBe(2);
        expect(hidden.map((event) => ({ ...event, data: 0 }))).toEqual(
          kept.map((event) => ({ ...event, data: 0 })),
        );
        expect(events).toEqual(kept);
      }),
    );
  });

  it('go on in a line that begins with a blank, end with the next field, and need the whole name', () => {
    const text = 'Set-Cookie: a\r\n b\r\nX-Cookie: c\r\nProxy-Authorization:d\nEtag: "Cookie: e"\r\n';
    const { events, places } = redacted(cut(encodeUtf8(text), []));
    expect(decodeUtf8(bytesOf(events))).toBe(
      'Set-Cookie: x\r\nxx\r\nX-Cookie: c\r\nProxy-Authorization:x\nEtag: "Cookie: e"\r\n',
    );
    expect(places).toBe(2);
  });
});

describe('chosen bytes', () => {
  it('leave no trace whatever the slicing, and everything else stays', () => {
    const letters = fc.array(fc.constantFrom(1, 2), { maxLength: 120 });
    const pattern = fc.array(fc.constantFrom(1, 2), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(letters, pattern, cuts, (text, wanted, places) => {
        const [bytes, needle] = [Uint8Array.from(text), Uint8Array.from(wanted)];
        const hidden = bytesOf(redacted(cut(bytes, places), [needle]).events);
        const expected = bytes.slice();
        for (let at = 0; at + needle.length <= bytes.length; at += 1) {
          if (needle.every((byte, index) => bytes[at + index] === byte)) {
            expected.fill(0x78, at, at + needle.length);
          }
        }
        expect(hidden).toEqual(expected);
        expect(indexOfBytes(hidden, needle)).toBe(-1);
      }),
    );
  });

  it('of one socket, direction or datagram do not go on in another', () => {
    const [one, two] = [cut(encodeUtf8('se'), []), cut(encodeUtf8('cret'), [], 2)];
    expect(redacted([...one, ...two], [encodeUtf8('secret')]).places).toBe(0);
    const remote = { host: '127.0.0.1', port: 9 };
    const datagrams = cut(encodeUtf8('secret'), [2]).map((event) => ({ ...event, remote }));
    expect(redacted(datagrams, [encodeUtf8('secret')]).places).toBe(0);
  });
});
