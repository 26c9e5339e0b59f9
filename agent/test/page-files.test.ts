import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTestAgent } from './agent.ts';
import { codeOf, exchange, head } from './raw.ts';

const index = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>`;

function builtPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, 'page');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), index);
  writeFileSync(join(root, 'icon.svg'), '<svg/>');
  writeFileSync(join(root, 'assets', 'index-abc123.js'), 'export {}');
  writeFileSync(join(root, '.hidden'), 'secret');
  writeFileSync(join(folder, 'outside.txt'), 'secret');
  return root;
}

const page = (path: string, origin: string, init: RequestInit = {}) => fetch(`${origin}${path}`, init);

test('the page needs no token, is never stored, and its nonce is new each time', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  const nonces = new Set<string>();
  for (const path of ['/', '/index.html', '/?x']) {
    const response = await page(path, agent.origin);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const html = await response.text();
    const nonce = /<style nonce="([^"]+)">/.exec(html)?.[1] ?? '';
    expect(html).not.toContain('__CSP_NONCE__');
    expect(html).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
    expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}';`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test('the policy is exactly the promised one', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  const policy = (await page('/', agent.origin)).headers.get('content-security-policy') ?? '';
  expect(
    policy
      .replace(/nonce-[^']+/, 'nonce')
      .split('; ')
      .sort(),
  ).toEqual(
    [
      "default-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "style-src 'self' 'nonce'",
      "style-src-attr 'unsafe-inline'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types svelte-trusted-html',
    ].sort(),
  );
});

test('files with a hash in their name are kept for ever, others are asked for again', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  const script = await page('/assets/index-abc123.js', agent.origin);
  expect(script.status).toBe(200);
  expect(script.headers.get('content-type')).toMatch(/javascript/);
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const icon = await page('/icon.svg', agent.origin);
  expect(icon.headers.get('content-type')).toMatch(/svg/);
  expect(icon.headers.get('cache-control')).toBe('no-cache');
  for (const response of [script, icon])
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('HEAD is answered like GET, without a body; other methods are not', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  for (const path of ['/', '/index.html', '/icon.svg', '/assets/index-abc123.js']) {
    const response = await page(path, agent.origin, { method: 'HEAD' });
    expect([path, response.status, await response.text()]).toEqual([path, 200, '']);
    expect((await page(path, agent.origin, { method: 'POST' })).status).toBe(404);
  }
});

test('ranges are not offered: whoever asks for one gets the whole file, whether it could be met or not', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  for (const method of ['GET', 'HEAD']) {
    for (const range of ['bytes=0-3', 'bytes=99999-', 'bytes=5-2', 'nothing']) {
      const response = await page('/icon.svg', agent.origin, { method, headers: { Range: range } });
      expect([range, response.status, response.headers.get('content-length')]).toEqual([range, 200, '6']);
      expect(response.headers.get('accept-ranges')).toBe(null);
    }
  }
});

test('a folder is nothing that is there, with a slash behind it or without', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  for (const path of ['/assets', '/assets/', '/nothing/']) {
    const response = await exchange(agent, head(agent, `GET ${path} HTTP/1.1`, ['Connection: close']));
    expect([path, response.status, codeOf(response)]).toEqual([path, 404, 'no-such-route']);
  }
});

test('nothing outside the page is served, however the path is spelled', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  const paths = [
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/%2e%2e%2foutside.txt',
    '/assets/../../outside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/..\\outside.txt',
    '/.hidden',
    '/%2ehidden',
    '/assets',
    '/assets/',
    '/nothing.js',
    '/icon.svg%00.js',
    '/icon.svg/',
    '/etc/passwd',
    '/%c0%ae%c0%ae/outside.txt',
  ];
  for (const path of paths) {
    const response = await exchange(agent, head(agent, `GET ${path} HTTP/1.1`, ['Connection: close']));
    expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
    expect(response.text).not.toContain('secret');
    expect(codeOf(response)).toMatch(/^(no-such-route|bad-request)$/);
    expect(response.text).not.toContain('Forbidden');
  }
});

test('a name that no file can have is refused as what it is', async () => {
  const agent = await startTestAgent({ pageRoot: builtPage() });
  const response = await exchange(
    agent,
    head(agent, `GET /${'x'.repeat(300)} HTTP/1.1`, ['Connection: close']),
  );
  expect(response.text).toContain('longer than a name can be');
});

test('without a built page there is a short text that says how to get one', async () => {
  const agent = await startTestAgent({ pageRoot: null });
  const response = await page('/', agent.origin);
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await response.text()).toContain('npm start');
});
