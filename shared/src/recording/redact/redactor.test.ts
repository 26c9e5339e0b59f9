import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '../../events/event.ts';
import { reduce } from '../../events/reduce.ts';
import { redactLimits } from '../../limits.ts';
import { indexOfBytes } from '../../payload/find.ts';
import { decodeUtf8, encodeUtf8 } from '../../payload/utf8.ts';
import { Redactor } from './redactor.ts';
import { parseSecrets } from './secrets.ts';
import type { Secret } from './secrets.ts';

/** A text cut at these places, as one direction of a socket. */
function cut(bytes: Uint8Array, cuts: readonly number[], socket = 1): SocketEvent[] {
  const places = [0, ...cuts.map((at) => at % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((to, index): SocketEvent => {
    const data = bytes.slice(places[index], to);
    return { seq: index + 1, time: index, socket, type: 'received', size: data.length, data };
  });
}

const text = (bytes: Uint8Array): Secret => ({ is: 'text', bytes });

/** What is typed, one a line. */
function typed(...words: readonly string[]): readonly Secret[] {
  const parsed = parseSecrets(words);
  if (!parsed.ok) throw new Error(parsed.wrong);
  return parsed.secrets;
}

function redacted(events: readonly SocketEvent[], secrets: readonly Secret[] = []) {
  const redactor = new Redactor(secrets);
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
    const fields = 'Set-Cookie: a\r\n b\r\nX-Cookie: c\r\nProxy-Authorization:d\nEtag: "Cookie: e"\r\n';
    const { events, places } = redacted(cut(encodeUtf8(fields), []));
    expect(decodeUtf8(bytesOf(events))).toBe(
      'Set-Cookie: x\r\nxx\r\nX-Cookie: c\r\nProxy-Authorization:x\nEtag: "Cookie: e"\r\n',
    );
    expect(places).toBe(2);
  });
});

const letters = fc.array(fc.constantFrom(1, 2), { maxLength: 120 });
const wanted = fc.array(fc.constantFrom(1, 2), { minLength: 1, maxLength: 5 });

/** Every byte of every place where the needle stands, as looking at each finds them. */
function without(needle: readonly number[], bytes: Uint8Array): Uint8Array {
  const hidden = bytes.slice();
  for (let at = 0; at + needle.length <= bytes.length; at += 1) {
    if (needle.every((byte, index) => bytes[at + index] === byte)) hidden.fill(0x78, at, at + needle.length);
  }
  return hidden;
}

describe('chosen bytes', () => {
  it('leave no trace whatever the slicing, and everything else stays', () => {
    fc.assert(
      fc.property(letters, wanted, cuts, (stream, needle, places) => {
        const bytes = Uint8Array.from(stream);
        const hidden = bytesOf(redacted(cut(bytes, places), [text(Uint8Array.from(needle))]).events);
        expect(hidden).toEqual(without(needle, bytes));
        expect(indexOfBytes(hidden, Uint8Array.from(needle))).toBe(-1);
      }),
    );
  });

  it('are hidden where they stand, though of some chunks only the beginning is here', () => {
    const missing = 0;
    fc.assert(
      fc.property(letters, wanted, cuts, fc.infiniteStream(fc.nat(9)), (stream, needle, places, lost) => {
        const known = Uint8Array.from(stream);
        const events = cut(known, places).map((event): SocketEvent => {
          if (!('data' in event)) return event;
          const captured = Math.max(0, event.size - (lost.next().value ?? 0));
          return { ...event, captured, data: event.data.subarray(0, captured) };
        });
        let end = 0;
        for (const event of events) {
          if (!('data' in event)) continue;
          end += event.size;
          known.fill(missing, end - event.size + event.data.length, end);
        }
        const hidden = bytesOf(redacted(events, [text(Uint8Array.from(needle))]).events);
        expect(hidden).toEqual(without(needle, known).filter((byte) => byte !== missing));
      }),
    );
  });

  it('of one socket, direction or datagram do not go on in another', () => {
    const [one, two] = [cut(encodeUtf8('se'), []), cut(encodeUtf8('cret'), [], 2)];
    expect(redacted([...one, ...two], typed('secret')).places).toBe(0);
    const remote = { host: '127.0.0.1', port: 9 };
    const datagrams = cut(encodeUtf8('secret'), [2]).map((event) => ({ ...event, remote }));
    expect(redacted(datagrams, typed('secret')).places).toBe(0);
    expect(redacted(datagrams, typed('ecr', 'cret', 't')).places).toBe(2);
  });
});

/** Every byte of every match, as trying each beginning and end finds them. */
function naively(bytes: Uint8Array, source: string): Uint8Array {
  const hidden = bytes.slice();
  const whole = new RegExp(`^(?:${source})$`);
  for (let from = 0; from < bytes.length; from += 1)
    for (let to = from + 1; to <= bytes.length; to += 1)
      if (whole.test(decodeUtf8(bytes.subarray(from, to)))) hidden.fill(0x78, from, to);
  return hidden;
}

describe('chosen patterns', () => {
  const source = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'a+', 'b*a', '(a|bb)', '[ab]b?', 'a{2}', '.'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.join(''));

  it('are hidden whatever the slicing', () => {
    const letters = fc.array(fc.constantFrom(0x61, 0x62), { maxLength: 24 });
    fc.assert(
      fc.property(letters, source, cuts, (stream, pattern, places) => {
        const bytes = Uint8Array.from(stream);
        const { events } = redacted(cut(bytes, places), typed(`/${pattern}/`));
        expect(decodeUtf8(bytesOf(events))).toBe(decodeUtf8(naively(bytes, pattern)));
      }),
      { numRuns: 200 },
    );
  });

  it('know the ends of lines and words, and are counted', () => {
    const says = 'token=abc; token=d\ntokens=e\nend';
    const { events, places } = redacted(
      cut(encodeUtf8(says), [3, 8, 21]),
      typed('/\\btoken=\\w+/', '/end$/'),
    );
    expect(decodeUtf8(bytesOf(events))).toBe('xxxxxxxxx; xxxxxxx\ntokens=e\nxxx');
    expect(places).toBe(3);
  });

  it('of any kind take no longer than their size allows', () => {
    const bytes = new Uint8Array(50_000).fill(0x61);
    const { events, places } = redacted(cut(bytes, [7, 25_000]), typed('/(a|a)*b|a.*c|a{3,9}$/'));
    expect(decodeUtf8(bytesOf(events)).slice(-10)).toBe('axxxxxxxxx');
    expect(places).toBe(1);
  });

  it.each(['/(/', '/a/g', '', '\\q', 'a'.repeat(2_000), `/${'a{255}'.repeat(7)}/`])('refuses %j', (words) => {
    expect(parseSecrets([words])).toMatchObject({ ok: false, words });
  });
});

/** The same as captured packets, in any order and some twice. */
function segments(
  bytes: Uint8Array,
  pieces: readonly (readonly [from: number, size: number])[],
): SocketEvent[] {
  return pieces.map(([from, size], index): SocketEvent => {
    const data = bytes.slice(from, from + size);
    const tcp = { sequence: (0xffff_fff0 + from) % 2 ** 32, acknowledgement: 0, flags: 0x10, window: 0 };
    const ends = { source: null, destination: null, stream: 1, from: 'client' as const };
    return {
      ...{ seq: index + 1, time: index, socket: null, type: 'segment', protocol: 'TCP', ...ends },
      ...{ tcp, size: data.length, data },
    };
  });
}

describe('captured segments', () => {
  const bytes = encodeUtf8('GET / HTTP/1.1\r\nCookie: abcdef\r\nX: hapy-otter\r\n');
  const hidden = 'GET / HTTP/1.1\r\nCookie: xxxxxx\r\nX: xxxxxxxxxx\r\n';

  it.each([
    ['in order', [0, 10, 20, 30, 40]],
    ['out of order', [0, 30, 10, 40, 20]],
    ['sent again', [0, 10, 10, 20, 0, 30, 20, 40]],
  ])('%s are one stream', (_, starts) => {
    const pieces = starts.map((from) => [from, Math.min(10, bytes.length - from)] as const);
    const { events, places } = redacted(segments(bytes, pieces), typed('hapy-otter'));
    expect(places).toBe(2);
    events.forEach((event, index) => {
      const [from, size] = pieces[index] ?? [0, 0];
      expect('data' in event && decodeUtf8(event.data)).toBe(hidden.slice(from, from + size));
    });
  });

  it('hide the same of each byte, whatever comes first, twice or across what was here', () => {
    const piece = fc.tuple(fc.nat(120), fc.nat(20));
    fc.assert(
      fc.property(
        letters,
        wanted,
        cuts,
        fc.array(piece, { maxLength: 20 }),
        (stream, needle, places, again) => {
          const whole = Uint8Array.from(stream);
          const hidden = without(needle, whole);
          const starts = [0, ...places.map((at) => at % (whole.length + 1))];
          const slices = starts.map((from) => {
            const next = Math.min(whole.length, ...starts.filter((start) => start > from));
            return [from, next - from] as const;
          });
          const sent = again.filter(([from]) => from < whole.length);
          // The first one says where the stream begins.
          const pieces = [slices[0] ?? ([0, 0] as const), ...sent, ...slices.slice(1)];
          const events = redacted(segments(whole, pieces), [text(Uint8Array.from(needle))]).events;
          events.forEach((event, index) => {
            const [from, size] = pieces[index] ?? [0, 0];
            expect('data' in event && event.data).toEqual(hidden.slice(from, from + size));
          });
        },
      ),
    );
  });

  it('that miss some, or come before the first one, are still looked at', () => {
    const pieces = [
      [17, 12],
      [35, 20],
      [0, 17],
    ] as const;
    const { events } = redacted(segments(bytes, pieces), typed('hapy-otter', 'HTTP'));
    const texts = events.map((event) => ('data' in event ? decodeUtf8(event.data) : ''));
    expect(texts[2]).toBe('GET / xxxx/1.1\r\nC');
    expect(texts[1]).toContain('xxxxxxxxxx\r\n');
  });
});

describe('words beside payloads', () => {
  const secrets = typed('hunter2');

  it('say no secret either: labels, names, what failed', () => {
    const at = { seq: 1, time: 0, socket: 1 };
    const events: SocketEvent[] = [
      { ...at, type: 'opened', family: 'inet', socketType: 'stream', label: 'é for hunter2' },
      { ...at, type: 'resolved', host: 'hunter2.test', addresses: [] },
      {
        ...{ ...at, type: 'failed', during: 'connect', code: 'ENOTFOUND', errno: null },
        ...{ message: 'No address for hunter2.test.', hint: 'Is hunter2.test right?' },
      },
    ];
    const { events: hidden, places } = redacted(events, secrets);
    expect(hidden).toMatchObject([
      { label: 'é for xxxxxxx' },
      { host: 'xxxxxxx.test' },
      { code: 'ENOTFOUND', message: 'No address for xxxxxxx.test.', hint: 'Is xxxxxxx.test right?' },
    ]);
    expect(places).toBe(4);
    expect(JSON.stringify(events)).toContain('hunter2');
  });

  it('nor does the state of a socket that was open before', () => {
    const opened = {
      seq: 1,
      time: 0,
      socket: 1,
      type: 'opened',
      family: 'inet',
      socketType: 'stream',
    } as const;
    const state = reduce(new Map(), { ...opened, label: 'hunter2' });
    expect(state && new Redactor(secrets).redactState(state).label).toBe('xxxxxxx');
  });
});

it('a socket whose number was used before is another one, in a file that somebody wrote', () => {
  const closed: SocketEvent = { seq: 9, time: 0, socket: 1, type: 'closed' };
  const [one, two] = ['a long word and no more', 'Cookie: abcdef\r\n'].map((said) =>
    cut(encodeUtf8(said), []),
  );
  const { events, places } = redacted([...(one ?? []), closed, ...(two ?? [])]);
  expect(decodeUtf8(bytesOf(events))).toBe('a long word and no moreCookie: xxxxxx\r\n');
  expect(places).toBe(1);
});

it('with more places than can be remembered, nothing is to be exported', () => {
  const redactor = new Redactor(typed('a'), { ...redactLimits, places: 3 });
  const look = (socket: number) =>
    cut(encodeUtf8('a b a'), [], socket).forEach((event) => redactor.look(event));
  look(1);
  expect(redactor.isFull).toBe(false);
  look(2);
  expect(redactor.isFull).toBe(true);
});

it('with more conversations at once than can be followed, nothing is to be exported', () => {
  const redactor = new Redactor([], { ...redactLimits, flows: 2 });
  const chunk = (socket: number) => cut(encodeUtf8('a'), [], socket);
  for (const event of [chunk(1), chunk(2), chunk(1)].flat()) redactor.look(event);
  redactor.look({ seq: 9, time: 0, socket: 2, type: 'closed' });
  for (const event of chunk(3)) redactor.look(event);
  expect(redactor.isFull).toBe(false);
  for (const event of chunk(4)) redactor.look(event);
  expect(redactor.isFull).toBe(true);
});
