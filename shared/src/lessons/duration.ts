/** Times as lessons write them: `3s`, `200ms`. */
export const msOf = (duration: string): number =>
  duration.endsWith('ms') ? Number(duration.slice(0, -2)) : 1_000 * Number(duration.slice(0, -1));
