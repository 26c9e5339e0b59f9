/** Sizes a splitter may take, px. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const clamp = (px: number, { min, max }: Bounds): number =>
  Math.round(Math.min(Math.max(px, min), max));

const stepPx = 16;
const leapPx = 64;

/** The size a key asks for; null for every other key. Shift takes larger steps. `grows`: the key that makes it larger. */
export function sizeAfterKey(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  px: number,
  bounds: Bounds,
  keys: { readonly grows: string; readonly shrinks: string },
): number | null {
  const step = shiftKey ? leapPx : stepPx;
  if (key === keys.grows) return clamp(px + step, bounds);
  if (key === keys.shrinks) return clamp(px - step, bounds);
  if (key === 'Home') return bounds.min;
  if (key === 'End') return bounds.max;
  return null;
}
