/** Every cap of the graph. */
export const graphLimits = {
  /** A bar is no narrower than this, px: that is how many bins a width holds. */
  leastBinPx: 5,
  /** Bins at once, whatever the width. */
  bins: 1_000,
  /** Gaps that are drawn; of more, the newest. */
  gaps: 200,
  /** Closed sockets whose other ends are still known; up to twice as many. */
  closedEnds: 1_000,
  /** Bins that the table lists; the rest is counted. */
  tableRows: 300,
} as const;
