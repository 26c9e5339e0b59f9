/** Bytes that grow at the end. The room doubles, so that many small chunks cost no more than a few large ones. */
export interface Collected {
  readonly room: Uint8Array;
  readonly size: number;
}

export const nothingCollected: Collected = { room: new Uint8Array(0), size: 0 };

/**
 * Takes a copy of the chunk: who read it may use its buffer again. The room before it belongs to the result alone, and is
 * at most `most` bytes large, which must hold them.
 */
export function collectChunk({ room, size }: Collected, chunk: Uint8Array, most = Infinity): Collected {
  const needed = size + chunk.length;
  const wanted = Math.min(Math.max(needed, 2 * size), most);
  const next = needed <= room.length ? room : grown(room.subarray(0, size), wanted);
  next.set(chunk, size);
  return { room: next, size: needed };
}

function grown(bytes: Uint8Array, wanted: number): Uint8Array {
  const room = new Uint8Array(wanted);
  room.set(bytes);
  return room;
}

/** A view of what was collected, without a copy. */
export const collectedBytes = ({ room, size }: Collected): Uint8Array => room.subarray(0, size);
