import type { Overlay } from '../../store/store.svelte.ts';
import type { Scene } from './sketcher.ts';

/** A sketch of the rows, fetched when it is first wanted; as long as it is not here, the elements show them. */
export function sketchWhenHere(scene: Scene): Overlay {
  let sketcher: Overlay | null = null;
  let wanted = false;
  const fetch = async () => {
    wanted = true;
    try {
      const { Sketcher } = await import('./sketcher.ts');
      sketcher = new Sketcher(scene);
    } catch {
      // The elements show everything, at a higher price.
      sketcher = null;
    }
  };
  return {
    draw: () => {
      if (!wanted) void fetch();
      return sketcher?.draw() ?? false;
    },
    stop: () => sketcher?.stop(),
  };
}
