import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasBrowser } from './browser.mjs';
import { makeTempFolder } from './temp-folder.mjs';
import { hasTool, missingNotice, provideTools } from './tools.mjs';

it('finds programs on the PATH and no others', () => {
  expect(hasTool('node')).toBe(true);
  expect(hasTool('a-program-that-nobody-has')).toBe(false);
});

describe.skipIf(process.platform === 'win32')('on a machine with nothing', () => {
  /** @type {ReturnType<typeof makeTempFolder>} */
  let folder;
  beforeEach(() => {
    folder = makeTempFolder();
    vi.stubEnv('PATH', folder.path);
    // A browser of the machine must not help, and one that was chosen is never replaced by a download.
    vi.stubEnv(
      'CHROMIUM_PATH',
      program('chrome', 'echo "libnss3.so: cannot open shared object file" >&2; exit 127'),
    );
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    folder.remove();
  });

  it('a browser that does not start is none', async () => {
    expect(await hasBrowser()).toBe(false);
  });

  it('what is missing is named, with how to get it where apt-get is', async () => {
    program('socat', '');
    const missing = await provideTools();
    expect(missing).toEqual(['ncat', 'python3', 'curl', 'tshark', 'tcpdump', 'openssl', 'chromium']);

    const notice = await missingNotice(missing);
    expect(notice).toMatch(/^Missing: ncat, .*, chromium\. Tests that need them are skipped/);
    expect(notice).toMatch(/^No browser starts: libnss3\.so: cannot open shared object file$/m);
    expect(notice).not.toContain('apt-get');
    program('apt-get', '');
    expect(await missingNotice(['ncat', 'tshark'])).toMatch(/as root: apt-get install ncat tshark$/);
  });

  it.runIf(process.getuid?.() === 0)(
    'root installs each by itself, is asked nothing, and hears failures only',
    async () => {
      const log = join(folder.path, 'log');
      program('apt-get', aptGet(log));
      const said = vi.spyOn(console, 'log').mockReturnValue();

      expect(await provideTools()).not.toContain('ncat');
      const calls = readFileSync(log, 'utf8').trim().split('\n');
      expect(calls[0]).toMatch(/^noninteractive .* update$/);
      expect(calls[1]).toMatch(/^noninteractive -y .* install --no-install-recommends ncat$/);
      expect(calls).toHaveLength(9);
      const lines = said.mock.calls.map(([line]) => String(line));
      expect(lines).toContainEqual(expect.stringMatching(/^(more\n){4}E: Unable to locate package tshark$/));
      expect(lines.join('\n')).not.toContain('Unpacking');
    },
  );

  /**
   * @param {string} name
   * @param {string} script
   * @returns {string} its path
   */
  function program(name, script) {
    const path = join(folder.path, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /**
   * An apt-get that has every package but tshark.
   *
   * @param {string} log gets a line for each call
   */
  const aptGet = (log) => `
echo "$DEBIAN_FRONTEND $*" >> ${log}
for name; do :; done
case $name in
  tshark) echo Unpacking; for line in 1 2 3 4; do echo more; done; echo 'E: Unable to locate package tshark'; exit 100;;
  ncat) echo 'Unpacking ncat'; echo '#!/bin/sh' > ${folder.path}/ncat; /bin/chmod +x ${folder.path}/ncat;;
esac`;
});
