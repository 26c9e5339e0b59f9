import { chromiumFlags, findChromium } from './chromium.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

// For what hangs, not for what is slow.
const startMs = 60_000;
const downloadMs = 600_000;

/**
 * Whether a browser for component and end-to-end tests starts: one of the system, or Playwright's own.
 *
 * @returns {Promise<boolean>}
 */
export async function hasBrowser() {
  return (await browserProblem()) === undefined;
}

/**
 * Starts a browser to find out: one that is there may still lack a library.
 *
 * @returns {Promise<string | undefined>} in its own words why none starts; undefined when one does
 */
export async function browserProblem() {
  const { chromium } = await import('playwright');
  const options = { executablePath: findChromium(), args: chromiumFlags, timeout: startMs };
  try {
    await (await chromium.launch(options)).close();
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return /\[err\] (.*)/.exec(said)?.[1] ?? said.split('\n')[0] ?? said;
  }
}

/**
 * Downloads Playwright's own, without the one that has windows: no test opens any.
 *
 * @returns {Promise<void>}
 */
export async function downloadBrowser() {
  console.log('Downloading Chromium …');
  let said = '';
  const cli = inRoot('node_modules', 'playwright', 'cli.js');
  const code = await run(process.execPath, [cli, 'install', '--only-shell', 'chromium'], {
    timeoutMs: downloadMs,
    print: (text) => (said += text),
  });
  // Playwright tries five times and says each with a stack; the first reason is the reason.
  if (code !== 0) console.log(/^Error: .*$/m.exec(said)?.[0] ?? said.trimEnd());
}
