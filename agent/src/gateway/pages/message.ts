import type { RawData } from 'ws';

/** The JSON of a text frame; undefined, which no schema takes, when it is a binary frame or no JSON. Never throws. */
export function readMessage(data: RawData, isBinary: boolean): unknown {
  if (isBinary || !Buffer.isBuffer(data)) return undefined;
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
