import { accessSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import open from 'open';

const ownerOnly = 0o600;
const fileName = 'open-socket-playground.html';

/** Forwards to the link. The token is base64url, so that nothing in the link needs escaping. */
const launchPage = (url: string) => `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Socket Playground</title>
<script>location.replace(${JSON.stringify(url)})</script>
<p><a href="${url}">Open Socket Playground</a></p>
`;

export interface LaunchPage {
  /** `file:` URL of the page; it holds no secret itself. */
  readonly url: string;
  /** Idempotent. */
  remove(): void;
}

const snapBrowsers = ['firefox', 'chromium', 'brave', 'opera', 'vivaldi'];

/**
 * Where the browser can read the page. One from a snap, such as Ubuntu's, has a /tmp of its own and sees no hidden
 * folders of the home; so there the page lies in the home itself.
 */
export function launchFolder(snaps = '/snap/bin', home = homedir()): string {
  const isSnap = snapBrowsers.some((name) => existsSync(join(snaps, name)));
  return isSnap && isWritable(home) ? home : tmpdir();
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A page only its owner can read that forwards to the link. A command line can be read by everyone on the computer,
 * so the browser is given this file, never the token.
 */
export function writeLaunchPage(url: string, folder: string): LaunchPage {
  const own = mkdtempSync(join(folder, 'socket-playground-'));
  const path = join(own, fileName);
  writeFileSync(path, launchPage(url), { mode: ownerOnly, flag: 'wx' });
  return { url: pathToFileURL(path).href, remove: () => rmSync(own, { recursive: true, force: true }) };
}

const keptMs = 60_000;

/** Opens the browser on the link. The page for it is removed after a minute, or when the agent ends. */
export async function openBrowser(
  url: string,
  onFailure: () => void,
  folder = launchFolder(),
): Promise<void> {
  try {
    const page = writeLaunchPage(url, folder);
    process.once('exit', () => page.remove());
    setTimeout(() => page.remove(), keptMs).unref();
    const opener = await open(page.url);
    opener.once('exit', (code) => code !== null && code > 0 && onFailure());
  } catch {
    onFailure();
  }
}
