const kibibyte = 1024;
const grouped = new Intl.NumberFormat('en');

export const formatNumber = (value: number): string => grouped.format(value);

/** `12 bytes`, `64 KiB`, `3.2 MiB`. */
export function formatSize(bytes: number): string {
  if (bytes < kibibyte) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < kibibyte ** 2) return `${Math.round(bytes / kibibyte)} KiB`;
  return `${(bytes / kibibyte ** 2).toFixed(1)} MiB`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;
