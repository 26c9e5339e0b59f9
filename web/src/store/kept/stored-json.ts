/** What was stored as JSON. It may be of another version, or anybody's: whoever reads it takes only what fits. */

/** Null for nothing, and for what is no JSON. */
export function storedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

export type Stored = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
