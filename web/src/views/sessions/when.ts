/** When a session began, in the words of whoever looks for it. */
const time = { hour: '2-digit', minute: '2-digit' } as const;
const day = { day: 'numeric', month: 'short' } as const;
const sameDay = new Intl.DateTimeFormat('en-GB', time);
const sameYear = new Intl.DateTimeFormat('en-GB', { ...day, ...time });
const anyYear = new Intl.DateTimeFormat('en-GB', { ...day, year: 'numeric', ...time });
const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const minuteMs = 60_000;
const units = [
  ['day', 24 * 60 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
] as const;

const second = new Intl.DateTimeFormat('en-GB', { second: '2-digit' });

/** The same to the second: what begins within a minute is told apart. */
export function startedAtSecond(started: string, nowMs: number): string {
  const date = new Date(started);
  if (Number.isNaN(date.getTime())) return started;
  return `${startedAt(started, nowMs)}:${second.format(date).padStart(2, '0')}`;
}

/** `12:03`, `25 Nov, 12:03` or `25 Nov 2025, 12:03`: no more than it takes. What is no time stays as it is written. */
export function startedAt(started: string, nowMs: number): string {
  const date = new Date(started);
  if (Number.isNaN(date.getTime())) return started;
  const now = new Date(nowMs);
  if (date.toDateString() === now.toDateString()) return sameDay.format(date);
  return (date.getFullYear() === now.getFullYear() ? sameYear : anyYear).format(date);
}

/** `just now`, `5 minutes ago`, `yesterday`. */
export function sinceStart(started: string, nowMs: number): string {
  const passedMs = nowMs - Date.parse(started);
  if (Number.isNaN(passedMs)) return '';
  const unit = units.find(([, ms]) => passedMs >= ms);
  return unit === undefined ? 'just now' : ago.format(-Math.floor(passedMs / unit[1]), unit[0]);
}
