/** Every kind of socket keeps the contract of `socket.ts`: one suite, asked by what a kind can do. */
import { describe } from 'vitest';
import { binding } from './conformance/binding.ts';
import { connecting } from './conformance/connecting.ts';
import { kinds } from './conformance/kinds.ts';
import { listening } from './conformance/listening.ts';

const chapters = { binding, listening, connecting };

describe.each(kinds)('$title', (kind) => {
  for (const chapter of Object.values(chapters)) chapter(kind);
});
