import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../payload/utf8.ts';
import { sliced, TestPeer } from '../../test/test-peer.ts';

interface Answer {
  readonly status: number;
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

const hostFree = ['GET', '/', 'HTTP/1.1'].join(' ');

/** One character a byte. */
const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const unlatin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Reads answers as a client would: head, then Content-Length bytes (none to HEAD or after 100). */
function readAnswers(bytes: Uint8Array, methods: readonly string[] = []): Answer[] {
  const answers: Answer[] = [];
  let rest = latin1(bytes);
  while (rest !== '') {
    const headEnd = rest.indexOf('\r\n\r\n');
    const [statusLine = '', ...lines] = rest.slice(0, headEnd).split('\r\n');
    const fields = new Map(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 2),
      ]),
    );
    const status = Number(/^HTTP\/1\.1 (\d{3}) [A-Z]/.exec(statusLine)?.[1]);
    const hasBody = status !== 100 && methods[answers.length] !== 'HEAD';
    const length = hasBody ? Number(fields.get('content-length')) : 0;
    const end = headEnd + 4 + length;
    answers.push({ status, fields, body: decodeUtf8(unlatin1(rest.slice(headEnd + 4, end))) });
    rest = rest.slice(end);
  }
  return answers;
}

function serve(request: string, methods?: readonly string[]) {
  const talk = new TestPeer({ name: 'http' }).join().say(unlatin1(request));
  return {
    answers: readAnswers(talk.sent(), methods),
    ended: talk.others().includes('end'),
    talk,
  };
}

const statuses = (request: string, methods?: readonly string[]) => {
  const { answers, ended } = serve(request, methods);
  return [...answers.map(({ status }) => status), ...(ended ? ['end'] : [])];
};

const get = 'GET / HTTP/1.1\r\nHost: localhost:8888\r\n\r\n';
const post = (fields: string, body = '') => `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n${body}`;
const chunked = (body: string) => post('Transfer-Encoding: chunked\r\n', body);

describe('http answers', () => {
  it('with a page of its own', () => {
    const { answers, ended } = serve(get);
    expect(answers).toHaveLength(1);
    const [{ status, fields, body } = { status: 0, fields: new Map<string, string>(), body: '' }] = answers;
    expect(status).toBe(200);
    expect(fields.get('content-type')).toBe('text/html; charset=utf-8');
    expect(fields.get('date')).toBe('Sat, 21 Nov 2026 04:24:05 GMT');
    expect(body).toContain('<!doctype html>');
    expect(body).toContain('Socket Playground');
    expect(body).toContain('</html>');
    expect(ended).toBe(false);
  });

  it('nothing of the request unescaped', () => {
    const { answers } = serve(
      `GET /<script>alert('1')&"</script> HTTP/1.1\r\nHost: a\r\nX: <script>\r\n\r\n`,
    );
    expect(answers[0]?.body).toContain('/&lt;script&gt;alert(&#39;1&#39;)&amp;&quot;&lt;/script&gt;');
    expect(answers[0]?.body).not.toContain('<script>');
  });

  it('HEAD without a body, but with its length', () => {
    const { answers, talk } = serve(get.replace('GET', 'HEAD'), ['HEAD']);
    expect(answers[0]?.fields.get('content-length')).toBe(
      String(encodeUtf8(serve(get).answers[0]?.body.replace('GET', 'HEAD') ?? '').length),
    );
    expect(decodeUtf8(talk.sent())).toMatch(/\r\n\r\n$/);
  });

  it.each([
    'HEAD / HTTP/1.1\r\n\r\n',
    'HEAD / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ])('a refused HEAD without a body too: %j', (request) => {
    const { talk } = serve(request);
    expect(decodeUtf8(talk.sent())).toMatch(/^HTTP\/1\.1 400 [^]*\r\n\r\n$/);
  });

  it.each<[string, (number | string)[]]>([
    [get, [200]],
    [get + get + get, [200, 200, 200]],
    [`\r\n\r\n${get}`, [200]],
    ['GET / HTTP/1.1\nHost: a\n\n', [200]],
    ['OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', [200]],
    ['GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n', [200]],
    ['GET / HTTP/1.1\r\nhOsT:\t [::1]:80 \r\n\r\n', [200]],
    ['GET / HTTP/1.1\r\nHost:\r\n\r\n', [200]],
    ['GET / HTTP/1.7\r\nHost: a\r\n\r\n', [200]],
    [get.replace('\r\n\r\n', '\r\nConnection: x, Close\r\n\r\n') + get, [200, 'end']],
    ['GET / HTTP/1.0\r\n\r\n', [200, 'end']],
    [`GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n${get}`, [200, 200]],
    [post('Content-Length: 5\r\n', `GET /${get}`), [200, 200]],
    [post('Content-Length: 0\r\n', get), [200, 200]],
    [chunked(`5\r\nGET /\r\n00A;x=y\r\n0123456789\r\n0\r\n\r\n${get}`), [200, 200]],
    [chunked(`0\r\nTrailer: 1\r\n\r\n${get}`), [200, 200]],
    [post('Expect: 100-Continue\r\nContent-Length: 2\r\n', `hi${get}`), [100, 200, 200]],
    [post('Expect: 100-continue\r\nContent-Length: 0\r\n', get), [200, 200]],
    [post('Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n', '1\r\nx\r\n0\r\n\r\n'), [100, 200]],
    ['POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx', [200, 'end']],
    [`PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi${get}`, [501, 200]],
    [`CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n${get}`, [501, 200]],
  ])('%j', (request, expected) => {
    expect(statuses(request)).toEqual(expected);
  });

  it('100 as soon as the head is there, 200 when the body is', () => {
    const talk = new TestPeer({ name: 'http' })
      .join()
      .say(post('Expect: 100-continue\r\nContent-Length: 2\r\n'));
    expect(talk.take()).toEqual(['HTTP/1.1 100 Continue\r\n\r\n']);
    expect(talk.say('h').take()).toEqual([]);
    expect(talk.say('i').take().join('')).toContain('200 OK');
  });
});

describe('http refuses, and ends', () => {
  it.each([
    // Nothing after a refusal is a request.
    [`GET / HTTP/1.1\r\n\r\n${get}`, 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n', 400],
    ['GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 400],
    ['GET /\r\n', 400],
    ['GET /\n\n', 400],
    ['GET / \n\n', 400],
    ['hello\r\n', 400],
    ['GET  / HTTP/1.1\r\n', 400],
    ['GET / HTTP/1.1 \r\n', 400],
    [' GET / HTTP/1.1\r\n', 400],
    ['GET / http/1.1\r\n', 400],
    ['GET /\u0000 HTTP/1.1\r\n', 400],
    ['GET /\u00e9 HTTP/1.1\r\n', 400],
    ['GET x HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['GET * HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['G(T / HTTP/1.1\r\n', 400],
    ['\u0016\u0003\u0001\u0002\u0000\n', 400],
    ['GET / HTTP/2.0\r\nHost: a\r\n\r\n', 505],
    ['GET / HTTP/1.1\r\nHost : a\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\n\r\r\n', 400],
    [post('Content-Length: 5, 5\r\n'), 400],
    [post('Content-Length: 5\r\nContent-Length: 5\r\n'), 400],
    [post('Content-Length: 5\r\nContent-Length: 6\r\n'), 400],
    [post('Content-Length: -1\r\n'), 400],
    [post('Content-Length: +1\r\n'), 400],
    [post('Content-Length: 0x1\r\n'), 400],
    [post('Content-Length: 1.5\r\n'), 400],
    [post('Content-Length:\r\n'), 400],
    [post('Content-Length: 99999999999999999999\r\n'), 413],
    [post('Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'), 400],
    [post('Transfer-Encoding: gzip\r\n'), 400],
    [post('Transfer-Encoding: chunked, gzip\r\n'), 400],
    [post('Transfer-Encoding: chunked, chunked\r\n'), 400],
    [post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n'), 400],
    [post('Transfer-Encoding: \u000bchunked\r\n'), 400],
    [post('Transfer-Encoding: chunked\u00a0\r\n'), 400],
    [post('Transfer-Encoding:\r\n'), 400],
    [post('Transfer-Encoding: gzip, chunked\r\n'), 501],
    ['POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    [post('Expect: miracles\r\n'), 417],
    [chunked('x\r\n'), 400],
    [chunked('\r\n'), 400],
    [chunked('-1\r\n'), 400],
    [chunked('0x1\r\n'), 400],
    [chunked('1 1\r\n'), 400],
    [chunked('ffffffffffffffff\r\n'), 400],
    [chunked('1\r\nab\r\n'), 400],
    [chunked('0\r\nno colon\r\n'), 400],
    [chunked(`1;${'x'.repeat(9000)}\r\n`), 400],
    [chunked(`0\r\nX: ${'x'.repeat(9000)}\r\n`), 431],
    [`GET /${'x'.repeat(9000)} HTTP/1.1\r\n`, 414],
    [`GET /${'x'.repeat(9000)}`, 414],
    [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(9000)}`, 431],
    [`GET / HTTP/1.1\r\nHost: a\r\n${'X: 1\r\n'.repeat(2000)}\r\n`, 431],
    ['\r\n'.repeat(5000), 414],
  ])('%j', (request, status) => {
    const { answers, ended } = serve(request);
    expect([answers.map((answer) => answer.status), ended]).toEqual([[status], true]);
    expect(answers[0]?.fields.get('connection')).toBe('close');
    expect(answers[0]?.body).toMatch(/RFC \d{4} §/);
  });

  it.each([
    ['', []],
    [get, [200]],
    ['GET', [400]],
    ['GET / HTTP/1.1\r\nHost: a\r\n', [400]],
    [post('Content-Length: 5\r\n', 'abc'), [400]],
    [chunked('5\r\nabc'), [400]],
    [chunked('0\r\n'), [400]],
  ])('a request that the FIN cuts short: %j', (request, expected) => {
    const { talk } = serve(request);
    const answers = readAnswers(talk.fin().sent());
    expect(answers.map(({ status }) => status)).toEqual(expected);
    expect(talk.others()).toEqual(['end']);
  });
});

describe('http and slicing', () => {
  const requests = fc.array(
    fc.constantFrom(
      get,
      'HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n',
      post('Content-Length: 7\r\n', 'GET / \r'),
      chunked('3;a\r\nabc\r\n0\r\nT: 1\r\n\r\n'),
      `${hostFree}\r\n\r\n`,
      post('Expect: 100-continue\r\nContent-Length: 1\r\n', 'x'),
      'GET / HTTP/1.0\r\n\r\n',
      'GET /\r\n',
    ),
    { minLength: 1, maxLength: 6 },
  );

  it('answers the same however the requests arrive', () => {
    fc.assert(
      fc.property(requests, fc.array(fc.nat(), { maxLength: 20 }), (texts, cuts) => {
        const bytes = encodeUtf8(texts.join(''));
        const parts = new TestPeer({ name: 'http' }).join();
        for (const part of sliced(bytes, cuts)) parts.say(part);
        const whole = new TestPeer({ name: 'http' }).join().say(bytes);
        expect(decodeUtf8(parts.sent())).toBe(decodeUtf8(whole.sent()));
        expect(parts.others()).toEqual(whole.others());
      }),
    );
  });

  it('skips a long body without keeping it', () => {
    const talk = new TestPeer({ name: 'http' }).join().say(post('Content-Length: 100000000\r\n'));
    const megabyte = new Uint8Array(1_000_000);
    for (let sent = 0; sent < 100; sent += 1) talk.say(megabyte);
    expect(readAnswers(talk.sent()).map(({ status }) => status)).toEqual([200]);
  });
});
