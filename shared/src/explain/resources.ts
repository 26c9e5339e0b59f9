import type { Explain, Explanations } from './scene.ts';

/** Out of something: one sentence in the kernel's several words. */
const exhausted =
  (what: string, hint: string): Explain =>
  (scene) => {
    const where = scene.where('');
    return { message: `${what} during ${scene.during}${where === '' ? '' : ` (${where})`}.`, hint };
  };

/** The agent or the system ran out of something. */
export const resourceExplanations: Explanations = [
  [
    'EMFILE',
    exhausted(
      'The agent ran out of file descriptors',
      'Close some sockets, or raise the limit (ulimit -n) and restart the agent.',
    ),
  ],
  [
    'ENFILE',
    exhausted(
      'The whole system ran out of file descriptors',
      'Close some programs or sockets, then try again.',
    ),
  ],
  [
    'ENOBUFS',
    exhausted('The kernel ran out of buffers', 'Send more slowly, close some sockets, then try again.'),
  ],
  ['ENOMEM', exhausted('The kernel ran out of memory', 'Close some programs or sockets, then try again.')],
];
