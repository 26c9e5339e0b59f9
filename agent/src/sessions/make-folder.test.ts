import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/disk.ts';
import { makeFolder } from './make-folder.ts';

const ownerOnly = 0o700;

it('makes what is missing on the way, and is content with what is there', async () => {
  const path = join(temporaryFolder(), 'a', 'b', 'c');
  await makeFolder(path, ownerOnly);
  expect(statSync(path).isDirectory()).toBe(true);
  await makeFolder(path, ownerOnly);
});

it('says why it cannot be made: a file in its place, or on the way to it', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'), ownerOnly)).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(folder, 'file', 'a'), ownerOnly)).rejects.toThrow(/ENOTDIR|EEXIST/);
});

it('two may make it at once', async () => {
  for (let round = 0; round < 100; round += 1) {
    const path = join(temporaryFolder(), 'a', 'b', 'c');
    await Promise.all([1, 2, 3].map(() => makeFolder(path, ownerOnly)));
    expect(statSync(path).isDirectory()).toBe(true);
  }
});

it.skipIf(process.platform !== 'linux')(
  'a folder that takes no others is a refusal and no wait',
  async () => {
    await expect(makeFolder('/proc/no/such', ownerOnly)).rejects.toThrow('ENOENT');
  },
);
