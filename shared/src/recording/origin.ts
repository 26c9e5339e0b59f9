/** The agent run that a recording is of. */
export interface Origin {
  /** Names the run. */
  readonly epoch: string;
  /** When it began, ISO 8601. */
  readonly started: string;
}
