/** Measures of the ladder, px and ns, in one table. */
export const measures = {
  /** Height of a row where every event has its own. */
  row: 17,
  /** Height of an idle time that is collapsed, between the two events around it, and of the band in it. */
  idle: 31,
  band: 13,
  /** Height of a row that says what is missing. */
  notice: 28,
  /** Free space above the first event. */
  pad: 13,
  /** The same below the last: the buttons stand there. */
  foot: 44,
  /** Width of the ruler. */
  ruler: 96,
  /** Of it, what stands beside the heads. */
  corner: 80,
  /** How far from the ruler a listener's lane is held. */
  held: 20,
  /** Free space to the right of the last lane: words stand there. */
  right: 132,
  /** The least and the most that one part of the distance between lanes is wide; the least where all are to be seen. */
  leastUnit: 48,
  tightUnit: 6,
  mostUnit: 110,
  /** How far an arrow to or from outside sinks: it takes time, nobody knows how much. */
  sink: 8,
  /** Below this distance of rows on average single events are no longer drawn. */
  dense: 2.5,
} as const;

export const zoomLimits = {
  /** Time that a row's height stands for: where reading begins, at least and at most, ns. */
  reading: 1e6,
  least: 100,
  most: 3_600e9,
  /** One press of a button or key. */
  step: 2,
} as const;

/** How the view follows what is new beside it. */
export const leadLimits = {
  /** So many turns within this time, ms, and all lanes are drawn together instead. */
  turns: 3,
  withinMs: 4_000,
  /** Where even that does not show all of them: the least time between two turns, ms. */
  restMs: 2_000,
} as const;

/** Sockets that have lanes; of more, those that ended longest ago have none any more. */
export const mostLives = 2_000;
/** Addresses outside that one socket has a lane for; the others share one. */
export const outsideLanes = 6;
/** The newest rows that are asked which lanes to bring into view, and rows in view that say where something happens. */
export const newestRows = 64;
export const busyRows = 2_000;
/** Rows of the table that goes with the picture. */
export const tableRows = 60;
