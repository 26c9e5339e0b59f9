/** How far long work with a file is, in words. */
import type { LinkStatus } from '../../store/store.svelte.ts';
import { formatNumber, formatSize, plural } from '../words.ts';
import type { Progress } from './saving.svelte.ts';

type Reading = Extract<LinkStatus, { is: 'reading' }>;

/** A file is read by its bytes, a kept session by its events. */
export const openingWords = ({ done, total }: Reading, isFile: boolean): string =>
  isFile
    ? `${formatSize(done)} of ${formatSize(total)}`
    : `${formatNumber(done)} of ${plural(total, 'event')}`;

const percentOf = (share: number) => `${Math.floor(share * 100)} %`;

export function savingWords({ doing, doneBytes, sizeBytes, share }: Progress): string {
  if (doing === 'looking') return share === null ? 'Getting ready …' : `${percentOf(share)} looked through`;
  if (sizeBytes !== null) return `${formatSize(doneBytes)} of ${formatSize(sizeBytes)}`;
  return share === null ? formatSize(doneBytes) : `${percentOf(share)}, ${formatSize(doneBytes)} so far`;
}
