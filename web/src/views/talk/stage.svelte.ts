/** How the selected socket is looked at; another socket is looked at the same way. */
import { Lens } from '../stream/lens.svelte.ts';
import type { View } from './model.ts';

export class Stage {
  view = $state.raw<View>('conversation');
  readonly lens = new Lens();

  /** Shows the stream of whatever socket is selected. */
  follow(): void {
    this.view = 'stream';
    this.lens.view = 'follow';
  }
}
