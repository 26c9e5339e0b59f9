/** Where everything of one picture stands, and what has been put on it so far. */
import type { Journal } from '../../store/journal/journal.svelte.ts';
import type { TimeBase } from '../log/time.ts';
import { Words } from './labels.ts';
import type { Ladder } from './ladder.ts';
import type { PlacedLane } from './lanes.ts';
import type { Scale } from './scale.ts';
import type { Arrow, Fan, Mark } from './shapes.ts';

/** What the picture is made from. */
export interface Scene {
  readonly journal: Pick<Journal, 'rowAt' | 'transfersOf'>;
  readonly ladder: Ladder;
  readonly lanes: ReadonlyMap<string, PlacedLane>;
  readonly scale: Scale;
  readonly positionAt: (index: number) => number | undefined;
  readonly firstFrom: (position: number) => number;
  readonly time: TimeBase;
}

/** The part of everything that is seen, px; `left` is how far the lanes are moved aside. */
export interface View {
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly left: number;
}

export class Sheet {
  readonly scene: Scene;
  readonly view: View;
  readonly fans: Fan[] = [];
  readonly arrows: Arrow[] = [];
  readonly marks: Mark[] = [];
  readonly words = new Words();
  /** Receipts whose arrows are there already. */
  readonly drawn = new Set<number>();

  constructor(scene: Scene, view: View) {
    this.scene = scene;
    this.view = view;
  }

  /** Px from the left of the view; null for a lane that is not shown. */
  x(lane: string | undefined): number | null {
    const found = lane === undefined ? undefined : this.scene.lanes.get(lane);
    return found === undefined ? null : found.x - this.view.left;
  }

  y(index: number): number {
    return this.scene.scale.placeOf(index) - this.view.top;
  }

  yOf(position: number): number {
    return this.y(this.scene.firstFrom(position));
  }

  /** Whether the filter shows this row. */
  isShown(position: number): boolean {
    return this.scene.positionAt(this.scene.firstFrom(position)) === position;
  }
}
