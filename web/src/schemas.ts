/** Zod compiles its checks with `new Function` unless it is told not to; the page's policy forbids that and would report it. */
import * as z from 'zod/mini';

z.config({ jitless: true });
