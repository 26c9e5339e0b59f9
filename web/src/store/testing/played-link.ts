/** A link for tests, who play its agent: commands succeed, and nothing else can be reached but what is `reached`. */
import type { Link, LinkListener } from '../../link/link.ts';

/** What the link of a test does otherwise. */
export type Reached = Partial<Link>;

export function playedLink(reached: Reached = {}): {
  readonly link: Link;
  readonly agent: () => LinkListener;
} {
  let listener: LinkListener | null = null;
  const link: Link = {
    start: (given) => (listener = given),
    stop: () => undefined,
    retryNow: () => undefined,
    run: () => Promise.resolve({ ok: true, result: {} }),
    payload: () => Promise.resolve({ is: 'gone' }),
    search: () => Promise.resolve({ is: 'unreachable' }),
    kernel: () => Promise.resolve(null),
    save: () => Promise.resolve({ is: 'unreachable', message: '' }),
    ...reached,
  };
  const agent = () => {
    if (listener === null) throw new Error('The store was not started.');
    return listener;
  };
  return { link, agent };
}
