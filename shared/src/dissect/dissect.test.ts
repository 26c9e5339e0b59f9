import { describe, expect, it } from 'vitest';
import type { Field, Input } from './dissector.ts';
import { dissectAs, dissectors, dissectorOf, fits, recognise } from './index.ts';
import { inputOf, payloads } from './testing.ts';

const datagram = { transport: 'dgram' } as const;

/** As indented lines: what stands in the tree. */
function drawn(fields: readonly Field[], indent = ''): string[] {
  return fields.flatMap((field) => [
    `${indent}${field.name}${field.value === '' ? '' : `: ${field.value}`}`,
    ...drawn(field.fields, `${indent}  `),
  ]);
}

function read(input: Input) {
  const dissector = recognise(input);
  if (dissector === null) return null;
  const { fields, ...said } = dissectAs(dissector, input);
  return { ...said, id: dissector.id, tree: drawn(fields) };
}

const as = (id: string, input: Input) => {
  const dissector = dissectorOf(id) ?? dissectors[0];
  return dissector === undefined ? null : { fits: fits(dissector, input), ...dissectAs(dissector, input) };
};

describe('a payload is recognised', () => {
  it.each<[keyof typeof payloads, string, string]>([
    ['request', 'http', 'GET /chat?room=1 HTTP/1.1, upgrade to websocket'],
    ['response', 'http', 'HTTP/1.1 200 OK (text/plain); HTTP/1.1 404 Not Found'],
    ['chunked', 'http', 'HTTP/1.1 200 OK'],
    ['prefixed', 'dns', 'Query A example.com'],
    ['clientHello', 'tls', 'ClientHello, example.com, TLS 1.3, h2 http/1.1'],
    ['alert', 'tls', 'Alert fatal: handshake failure'],
    ['masked', 'websocket', 'text “Hello”'],
    ['json', 'json', '{4 members}'],
    ['lines', 'lines', '3 lines'],
  ])('%s', (name, id, info) => {
    expect(read(inputOf(payloads[name]))).toMatchObject({ id, info, note: null });
  });

  it.each<[keyof typeof payloads, string]>([
    ['question', 'Query A example.com'],
    ['answer', 'Response A www.example.com: example.com, 93.184.216.34'],
  ])('%s, a datagram', (name, info) => {
    expect(read(inputOf(payloads[name], datagram))).toMatchObject({ id: 'dns', info, note: null });
  });

  it('only where it begins', () => {
    expect(read(inputOf(payloads.response.slice(4)))).toMatchObject({ id: 'lines' });
    expect(read(inputOf(payloads.clientHello.slice(1)))).toBeNull();
    expect(read(inputOf('\x17\x03'))).toBeNull();
    expect(read(inputOf(''))).toBeNull();
  });

  it('as frames without a mask only after the handshake', () => {
    expect(read(inputOf(payloads.unmasked))).toBeNull();
    expect(read(inputOf(payloads.unmasked, { upgraded: 'websocket' }))).toMatchObject({
      info: 'text “Hello”, close 1000 normal closure “bye!”',
    });
  });
});

describe('a tree shows', () => {
  it('a request', () => {
    expect(read(inputOf(payloads.request))?.tree.slice(0, 6)).toEqual([
      'Request: GET /chat?room=1 HTTP/1.1',
      '  Request line: GET /chat?room=1 HTTP/1.1',
      '    Method: GET',
      '    Target: /chat?room=1',
      '    Version: HTTP/1.1',
      '  Host: example.com',
    ]);
  });

  it('the value of a header field without the blanks around it, and no other byte', () => {
    const { tree } = read(inputOf('GET / HTTP/1.1\r\nA: \t\xa0b \t\r\nB:\t\r\nC:d\r\n\r\n')) ?? {};
    expect(tree?.slice(5, 8)).toEqual(['  A: \ufffdb', '  B', '  C: d']);
  });

  it('chunks', () => {
    expect(read(inputOf(payloads.chunked))?.tree).toEqual([
      'Response: HTTP/1.1 200 OK',
      '  Status line: HTTP/1.1 200 OK',
      '    Version: HTTP/1.1',
      '    Status: 200',
      '    Reason: OK',
      '  Transfer-Encoding: chunked',
      '  End of header fields',
      '  Chunk: 5 bytes',
      '    Size: 5',
      '    Data: hello',
      '    End',
      '  Chunk: 6 bytes',
      '    Size: 6',
      '    Data:  world',
      '    End',
      '  Last chunk: 0 bytes',
      '    Size: 0',
      '    End',
    ]);
  });

  it('fields behind the last chunk, and chunks whose lines end in LF alone', () => {
    const head = 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n';
    const late = read(inputOf(`${head}2\nab\n0\nSum: 3\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n`));
    expect(late).toMatchObject({ info: 'HTTP/1.1 200 OK; HTTP/1.1 204 No Content', note: null });
    expect(late?.tree.slice(7, 15)).toEqual([
      '  Chunk: 2 bytes',
      '    Size: 2',
      '    Data: ab',
      '    End',
      '  Last chunk: 0 bytes',
      '    Size: 0',
      '    Sum: 3',
      '    End',
    ]);
    expect(read(inputOf(`${head}2\nab\n0\n`))?.note).toBe('It ends in the middle of a message.');
  });

  it('a compressed name where it stands', () => {
    expect(read(inputOf(payloads.answer, datagram))?.tree).toContain(
      '  Answer: CNAME www.example.com example.com'.trim(),
    );
  });

  it('JSON', () => {
    expect(read(inputOf(payloads.json))?.tree).toEqual([
      'Object: {4 members}',
      '  device: "otter-7"',
      '  temp: [3 items]',
      '    [0]: 21.5',
      '    [1]: -3e2',
      '    [2]: null',
      String.raw`  note: "d\u00e9j\u00e0"`,
      '  deep: {1 member}',
      '    a: [1 item]',
      '      [0]: {0 members}',
      'Object: {1 member}',
      '  b: true',
    ]);
  });

  it('JSON behind what is too deep to be shown', () => {
    const deep = `${'['.repeat(30)}{"a":"\\"]"}${']'.repeat(30)}`;
    const found = read(inputOf(`{"deep":${deep},"b":true}`));
    expect(found).toMatchObject({ id: 'json', info: '{2 members}', note: null });
    expect(found?.tree.at(-1)).toBe('  b: true');
    expect(read(inputOf(`{"deep":${deep.slice(0, -1)}`, { size: 500 }))?.id).toBe('json');
  });

  it.each([
    ['hello world', ']'],
    ['"a\x01"', ']'],
    ['', '}'],
    ['[1}', ']'],
    ['[1, -2.5e3, {"a": null}]', ']', true],
  ])('no JSON in what is too deep to be shown: %j and %s', (inside, closer, isJson = false) => {
    const found = read(inputOf(`${'['.repeat(20)}${inside}${closer.repeat(20)}`));
    expect(found?.id === 'json').toBe(isJson);
  });

  it('frames', () => {
    expect(read(inputOf(payloads.masked))?.tree).toEqual([
      'Frame: text “Hello”',
      '  Final, opcode: final, text',
      '  Masked, length: masked, 5 bytes',
      '  Mask: 37 fa 21 3d',
      '  Data, unmasked: “Hello”',
    ]);
  });
});

describe('what is not all here', () => {
  it('says so, and is read as far as it goes', () => {
    const cut = inputOf(payloads.response.slice(0, 60), { size: 500 });
    expect(read(cut)).toMatchObject({ id: 'http', note: 'Only the first 60 of 500 bytes were read.' });
    const ended = inputOf(payloads.clientHello.slice(0, 60));
    expect(read(ended)).toMatchObject({ id: 'tls', note: 'It ends in the middle of a message.' });
  });

  it('or is something else, read as what it is not', () => {
    expect(as('dns', inputOf('hello', datagram))).toMatchObject({ fits: false });
    expect(as('http', inputOf('hello'))).toMatchObject({ fits: false, fields: [] });
  });
});

describe('names', () => {
  it('that point at themselves, or in a ring, end', () => {
    const header = '\0\0\x81\x80\0\x01\0\0\0\0\0\0';
    for (const name of [
      '\xc0\x0c',
      '\x01a\xc0\x0c',
      '\xc0\x0e\xc0\x0c',
      ('\x3f' + 'a'.repeat(63)).repeat(5),
    ]) {
      const { info } = as('dns', inputOf(`${header}${name}\0\x01\0\x01`, datagram)) ?? {};
      expect(info).toContain('…');
    }
  });
});
