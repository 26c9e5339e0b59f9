/**
 * Where reads land before the journal copies their bytes. A read and its callback come right after one another, so one buffer
 * serves every connection and ten thousand idle ones cost nothing. On Windows a buffer is handed to the kernel ahead of
 * the data: there each connection needs its own.
 */
const isShared = process.platform !== 'win32';

const shared = { memory: new ArrayBuffer(0), view: new Uint8Array(0) };

/** A buffer for reads of at most `size` bytes: its length is what read(2) asks for. */
export function readBuffer(size: number): Uint8Array {
  if (!isShared) return new Uint8Array(size);
  if (shared.memory.byteLength < size) shared.memory = new ArrayBuffer(size);
  // Most connections read the same size: they share the view as well.
  if (shared.view.length !== size) shared.view = new Uint8Array(shared.memory, 0, size);
  return shared.view;
}

let beginning: { readonly of: Uint8Array; readonly view: Uint8Array } = {
  of: shared.view,
  view: shared.view,
};

/** The first bytes of a buffer. Messages of one size need one view: making it costs as much as to copy them. */
export function beginningOf(buffer: Uint8Array, size: number): Uint8Array {
  if (beginning.of !== buffer || beginning.view.length !== size) {
    beginning = { of: buffer, view: new Uint8Array(buffer.buffer, buffer.byteOffset, size) };
  }
  return beginning.view;
}
