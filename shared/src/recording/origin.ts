/** The agent run that a recording is of. */
import * as z from 'zod/mini';

const longestEpoch = 64;

/** Names a run, in UTF-16 units; whoever reads a file takes no longer one. */
export const epochName = z.string().check(z.minLength(1), z.maxLength(longestEpoch));

export interface Origin {
  /** Names the run. */
  readonly epoch: string;
  /** When it began, ISO 8601. */
  readonly started: string;
}

/** As much of a text as names a run: what was read from a file of others is named after that. */
export const epochFrom = (text: string): string => text.slice(0, longestEpoch);
