import { expect, it } from 'vitest';
import { nowhere } from './lessons/testing/fake-agent.ts';
import { Whereabouts } from './lessons/whereabouts.svelte.ts';
import { Shell } from './shell.svelte.ts';
import { forgetful } from './store/kept/browser-storage.ts';
import { Library } from './store/library.svelte.ts';
import { playedLink } from './store/testing/played-link.ts';
import { Settings } from './store/kept/settings.svelte.ts';

const started = '2001-03-04T12:03:07.000Z';

/** A page that looks at its clock when the session began. */
function shellAt(nowMs: number): Shell {
  const library = new Library({
    ...{ link: playedLink().link, kept: () => playedLink().link, file: () => playedLink().link },
    sessions: () => Promise.resolve({ is: 'unreachable', message: '' }),
    ...{ settings: new Settings(forgetful()), session: forgetful() },
  });
  return new Shell(library, new Whereabouts(nowhere), () => nowMs);
}

it('says what is shown by the clock of the page, and nothing of what is not shown any more', () => {
  const shell = shellAt(Date.parse(started));
  shell.openKept({ id: 'a', epoch: 'a', started, events: 1, bytes: 1, complete: true });
  shell.follow();
  expect(shell.said.text).toMatch(/^\d\d:\d\d:07 is shown\.$/);
  shell.library.show(null);
  shell.follow();
  expect(shell.said.text).toBe('');
});
