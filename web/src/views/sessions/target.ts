/** Where a saved file goes: a place that was picked, written as it comes, or the browser's downloads. */

import { download } from '../../ui/download.ts';

/** Not every browser has it (WICG File System Access). */
declare global {
  interface Window {
    showSaveFilePicker?: (options: {
      readonly suggestedName: string;
      readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
    }) => Promise<FileSystemFileHandle>;
  }
}

export interface Target {
  /** What the file is called there; null: nobody has chosen one. */
  readonly name: string | null;
  /** Rejects when it cannot be written whole; what was written until then is not kept. */
  readonly write: (
    stream: ReadableStream<Uint8Array<ArrayBuffer>>,
    as: string,
    signal: AbortSignal,
  ) => Promise<void>;
}

export interface Wanted {
  readonly stem: string;
  readonly ending: `.${string}`;
  readonly mediaType: string;
}

/** Asks where to put the file, where the browser can. Null: nobody wanted it after all. */
export async function chooseTarget({ stem, ending, mediaType }: Wanted): Promise<Target | null> {
  if (window.showSaveFilePicker === undefined) return downloads;
  try {
    const handle = await window.showSaveFilePicker({
      suggestedName: stem + ending,
      types: [{ accept: { [mediaType]: [ending] } }],
    });
    return picked(handle);
  } catch (error) {
    if (isNamed(error, 'AbortError')) return null;
    // It may be forbidden where this page stands, or the click was too long ago.
    if (isNamed(error, 'SecurityError')) return downloads;
    throw error;
  }
}

const isNamed = (error: unknown, name: string) => error instanceof DOMException && error.name === name;

const picked = (handle: FileSystemFileHandle): Target => ({
  name: handle.name,
  write: async (stream, _as, signal) => stream.pipeTo(await handle.createWritable(), { signal }),
});

const downloads: Target = {
  name: null,
  write: async (stream, as, signal) => {
    const read = stream.pipeThrough(new TransformStream(), { signal });
    download(as, await new Response(read).blob());
  },
};
