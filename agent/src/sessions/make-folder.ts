import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../error-code.ts';

/**
 * Makes a folder and those above it, as `mkdir -p` does; one that is there is left as it is. Rejects with the system's
 * reason. Node's own `recursive` tries for ever where a folder takes no others, as /proc does: it sees only that the new
 * one is not there.
 */
export async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await makeOne(path, mode);
  } catch (error) {
    const parent = dirname(path);
    if (parent === path || errorCode(error) !== 'ENOENT') throw error;
    if (!(await isFolder(parent))) await makeFolder(parent, mode);
    // What was missing is there now. Somebody else may have made it meanwhile, so that it is tried once more in any case.
    await makeOne(path, mode);
  }
}

async function makeOne(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (!(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // What cannot be looked at is none that can be used.
    return false;
  }
}
