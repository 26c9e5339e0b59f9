/** Times of events and between them are in nanoseconds. */
export const nsPerMicrosecond = 1e3;
export const nsPerMs = 1e6;
export const nsPerSecond = 1e9;
