/** A disk that fails as real ones do: `vi.mock('node:fs/promises')` puts it in front of the real one. */
import type { FileHandle } from 'node:fs/promises';
import type * as Files from 'node:fs/promises';

type Health =
  | 'sound'
  /** Writes less than it was asked to, again and again. */
  | 'short'
  /** Takes a part of the next write, then has no room: `truncate` still works. */
  | 'full'
  /** The same, but that the beginning of a file still has room. */
  | 'nearly full'
  /** Nothing works but reading what is open already. */
  | 'broken'
  /** No further file can be opened. */
  | 'out of descriptors'
  /** Every file is somebody else's: none can be opened. */
  | 'not ours'
  /** Answers nothing until it is sound again. */
  | 'stuck';

class SystemError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`${code}: injected`);
    this.code = code;
  }
}

class Disk {
  /** How many parts of failed writes could not be cut off again. */
  remains = 0;
  /** How many files were open at once, since somebody last set it to 0. */
  mostOpen = 0;
  #open = 0;
  #health: Health = 'sound';
  #waiting: (() => void)[] = [];

  get health(): Health {
    return this.#health;
  }

  become(health: Health): void {
    this.#health = health;
    for (const go of this.#waiting.splice(0)) go();
  }

  opened(): void {
    this.#open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.#open);
  }

  closed(): void {
    this.#open -= 1;
  }

  async answers(): Promise<void> {
    while (this.#health === 'stuck') await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async opens(flags: unknown): Promise<void> {
    await this.answers();
    if (this.#health === 'out of descriptors') throw new SystemError('EMFILE');
    if (this.#health === 'not ours') throw new SystemError('EACCES');
    if (this.#health === 'broken' && flags !== 'r') throw new SystemError('EIO');
  }

  async changes(): Promise<void> {
    await this.answers();
    if (this.#health === 'broken') throw new SystemError('EIO');
  }
}

export const disk = new Disk();

async function writePart(handle: FileHandle, parts: readonly Uint8Array[], at: number) {
  const bytes = Buffer.concat(parts);
  const part = bytes.subarray(0, Math.ceil(bytes.length / 2));
  const { bytesWritten } = await handle.write(part, 0, part.length, at);
  return { bytesWritten, buffers: [...parts] };
}

async function writev(handle: FileHandle, parts: readonly Uint8Array[], at: number) {
  await disk.changes();
  const hasRoom = disk.health === 'sound' || (disk.health === 'nearly full' && at === 0);
  if (hasRoom) return handle.writev([...parts], at);
  const written = await writePart(handle, parts, at);
  if (disk.health === 'full' || disk.health === 'nearly full') throw new SystemError('ENOSPC');
  return written;
}

/** The same handle, whose writing passes through the disk's health. */
function watched(handle: FileHandle): FileHandle {
  disk.opened();
  const own = { writev, write: overwrite, truncate, close };
  return new Proxy(handle, {
    get(target, name) {
      if (name === 'writev' || name === 'write' || name === 'truncate' || name === 'close') {
        const method: (handle: FileHandle, ...args: never[]) => unknown = own[name];
        return (...args: never[]) => method(target, ...args);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

async function close(handle: FileHandle) {
  await handle.close();
  disk.closed();
}

async function overwrite(handle: FileHandle, bytes: Uint8Array, from: number, length: number, at: number) {
  await disk.changes();
  return handle.write(bytes, from, length, at);
}

async function truncate(handle: FileHandle, size: number) {
  await disk.changes().catch((error: unknown) => {
    disk.remains += 1;
    throw error;
  });
  return handle.truncate(size);
}

export async function brokenDisk(original: () => Promise<typeof Files>): Promise<typeof Files> {
  const real = await original();
  const open: typeof Files.open = async (path, flags, mode) => {
    await disk.opens(flags);
    return watched(await real.open(path, flags, mode));
  };
  const rm: typeof Files.rm = async (path, options) => {
    await disk.changes();
    return real.rm(path, options);
  };
  const cutOff: typeof Files.truncate = async (path, size) => {
    await disk.changes();
    return real.truncate(path, size);
  };
  return { ...real, open, rm, truncate: cutOff };
}
