/** Neighbouring bins: number n holds the times from n × `widthNs` to (n + 1) × `widthNs`, without its end. */
export interface Bins {
  readonly widthNs: number;
  /** Number of the first. */
  readonly first: number;
  readonly count: number;
}
