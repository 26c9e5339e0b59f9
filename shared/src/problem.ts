/** What a problem is, whoever has it: a code for programs, and words for people that say what to do. */
import * as z from 'zod/mini';

export const problemSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  errno: z.optional(z.int()),
  field: z.optional(z.string()),
});
export type Problem = z.infer<typeof problemSchema>;
