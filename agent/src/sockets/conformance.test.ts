/** Every kind of socket keeps the contract of `socket.ts`: one suite, asked by what a kind can do. */
import { describe } from 'vitest';
import { accepting } from './conformance/accepting.ts';
import { binding } from './conformance/binding.ts';
import { connecting } from './conformance/connecting.ts';
import { dropping } from './conformance/dropping.ts';
import { ending } from './conformance/ending.ts';
import { kinds } from './conformance/kinds.ts';
import { listening } from './conformance/listening.ts';
import { options } from './conformance/options.ts';
import { pressure } from './conformance/pressure.ts';
import { reading } from './conformance/reading.ts';
import { resetting } from './conformance/resetting.ts';
import { talking } from './conformance/talking.ts';

const chapters = {
  binding,
  listening,
  accepting,
  connecting,
  talking,
  reading,
  ending,
  resetting,
  options,
  pressure,
  dropping,
};

describe.each(kinds)('$title', (kind) => {
  for (const chapter of Object.values(chapters)) chapter(kind);
});
