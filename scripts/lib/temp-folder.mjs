import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A fresh folder for one agent's sessions, so that no test or picture touches those of whoever runs it.
 *
 * @returns {{ readonly path: string, readonly remove: () => void }}
 */
export function makeTempFolder() {
  const path = mkdtempSync(join(tmpdir(), 'socket-playground-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
