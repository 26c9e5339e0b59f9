/** The registry of languages: one line each. Order is the order of the choice. */
import type { Language } from './program.ts';
import { python } from './python.ts';

export const languages = { python } as const satisfies Record<string, Language>;
