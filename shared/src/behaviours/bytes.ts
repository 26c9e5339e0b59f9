/** Bytes that grow at the end. The room doubles, so that many small chunks cost no more than a few large ones. */
export interface Collected {
  readonly room: Uint8Array;
  readonly size: number;
}

export const nothingCollected: Collected = { room: new Uint8Array(0), size: 0 };

/** Takes a copy of the chunk: who read it may use its buffer again. The room before it belongs to the result alone. */
export function collectChunk({ room, size }: Collected, chunk: Uint8Array): Collected {
  const needed = size + chunk.length;
  const next = needed <= room.length ? room : grown(room.subarray(0, size), needed);
  next.set(chunk, size);
  return { room: next, size: needed };
}

function grown(bytes: Uint8Array, needed: number): Uint8Array {
  const room = new Uint8Array(Math.max(needed, 2 * bytes.length));
  room.set(bytes);
  return room;
}

/** A view of what was collected, without a copy. */
export const collectedBytes = ({ room, size }: Collected): Uint8Array => room.subarray(0, size);
