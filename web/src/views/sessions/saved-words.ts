import { formatSize, plural } from '../words.ts';
import type { Saved } from './saving.svelte.ts';

/** How large a saved file is, and how much of it was hidden. */
export function savedWords({ bytes, hidden }: Extract<Saved, { is: 'saved' }>): string {
  const size = formatSize(bytes);
  if (hidden === null) return `${size}, every byte as it was.`;
  return hidden === 0 ? `${size}. There was nothing to hide.` : `${size}. ${plural(hidden, 'place')} hidden.`;
}
