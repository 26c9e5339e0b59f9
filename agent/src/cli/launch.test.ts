import { existsSync, readFileSync, readdirSync, statSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { launchFolder, openBrowser, writeLaunchPage } from './launch.ts';

const link = 'http://127.0.0.1:7654/#token=abc-DEF_123';

function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'launch-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function write() {
  const folder = makeFolder();
  const page = writeLaunchPage(link, folder);
  return { folder, page, path: fileURLToPath(page.url) };
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('the page is for its owner only, in a folder for its owner only', () => {
  const { path } = write();
  expect(modeOf(path)).toBe('600');
  expect(modeOf(dirname(path))).toBe('700');
});

test('its name and place do not tell the token; its content forwards to the link', () => {
  const { page, path } = write();
  expect(page.url).toMatch(/^file:\/\//);
  expect(page.url).not.toContain('abc-DEF_123');
  const html = readFileSync(path, 'utf8');
  expect(html).toContain(`location.replace("${link}")`);
  expect(html).toContain(`<a href="${link}">`);
  expect(html).toContain('no-referrer');
});

test('two pages never share a folder, and removing one is final and may be repeated', () => {
  const { folder, page, path } = write();
  const other = writeLaunchPage(link, folder);
  page.remove();
  page.remove();
  expect(existsSync(dirname(path))).toBe(false);
  expect(readdirSync(folder)).toHaveLength(1);
  other.remove();
  expect(readdirSync(folder)).toEqual([]);
});

test('it lies where a browser can read it: one from a snap sees the home, and no /tmp but its own', () => {
  const [snaps, home] = [makeFolder(), makeFolder()];
  writeFileSync(join(snaps, 'ls'), '');
  expect(launchFolder(snaps, home)).toBe(tmpdir());
  writeFileSync(join(snaps, 'firefox'), '');
  expect(launchFolder(snaps, home)).toBe(home);
  expect(launchFolder(snaps, join(home, 'none'))).toBe(tmpdir());
});

test('where it cannot be written, no browser opens, and the agent is told', async () => {
  const onFailure = vi.fn();
  await openBrowser(link, onFailure, join(makeFolder(), 'none'));
  expect(onFailure).toHaveBeenCalledOnce();
});
