/** For tests: what a browser stores for a page that has used up all its room. */
import { forgetful } from '../../store/kept/browser-storage.ts';

export const full = (): Storage =>
  Object.assign(forgetful(), {
    setItem: () => {
      throw new DOMException('There is no room.', 'QuotaExceededError');
    },
  });
