/** What the picture is made of, in px of the view: the model makes these, the painter draws them. */
export type Tone = 'go' | 'back' | 'ink' | 'word' | 'quiet' | 'accent' | 'trouble';

export type MarkShape =
  | 'opened'
  | 'bound'
  | 'listening'
  | 'connecting'
  | 'connected'
  | 'ended'
  | 'closed'
  | 'reset'
  | 'failed'
  | 'paused'
  | 'dot';

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface OfRow {
  /** Absolute position of its row. */
  readonly position: number;
}

export interface Mark extends OfRow {
  readonly x: number;
  readonly y: number;
  readonly shape: MarkShape;
}

/** From who sent to who received. */
export interface Arrow {
  readonly from: Point;
  readonly to: Point;
  readonly tone: Tone;
  /** A call, an end and a reset carry no bytes. */
  readonly kind: 'data' | 'call' | 'end' | 'reset';
  /** Which of its ends is outside, where nobody looked; that half is dashed. */
  readonly unseen: 'none' | 'tail' | 'head';
  /** How it ends: at its receiver, with others before it, or nowhere. */
  readonly ends: 'arrives' | 'joins' | 'lost' | 'open';
  readonly hasTail: boolean;
  readonly positions: readonly number[];
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly align: 'start' | 'end' | 'middle';
  readonly text: string;
  /** A number of bytes behind the text. */
  readonly size: string;
  readonly tone: Tone;
  readonly isBytes: boolean;
  readonly isStrong: boolean;
  /** Stands on a line, which it covers. */
  readonly covers: number | null;
}

export interface Tick {
  readonly y: number;
  readonly same: string;
  readonly fresh: string;
}

export interface Band {
  readonly y: number;
  readonly height: number;
  readonly text: string;
  /** Hatched: what is missing; else idle time. */
  readonly isGap: boolean;
}

export interface LaneLine {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly isOutside: boolean;
}

/** So many rows on one line of px that only what passed there is drawn. */
export interface Crowd {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** How far it reaches towards the other end, with its sign. */
  readonly reach: number;
  readonly tone: Tone;
}

/** What a chunk and its writes, or a write and its chunks, span between two lanes. */
export interface Fan {
  readonly points: readonly Point[];
  readonly tone: Tone;
}

export interface Picture {
  readonly lines: readonly LaneLine[];
  readonly hairs: readonly number[];
  readonly ticks: readonly Tick[];
  readonly bands: readonly Band[];
  readonly crowds: readonly Crowd[];
  readonly fans: readonly Fan[];
  readonly arrows: readonly Arrow[];
  readonly marks: readonly Mark[];
  readonly labels: readonly Label[];
}
