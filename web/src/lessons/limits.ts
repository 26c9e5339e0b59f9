/** Every cap of the lessons' part of the page, in one table. */
export const limits = {
  /** Lessons whose progress is remembered. */
  lessons: 500,
  /** Steps remembered of each. */
  steps: 40,
  /** Letters of an id of either. */
  idLetters: 80,
  /**
   * Steps whose answers are remembered; right answers of each, and letters of one with what was said to it. All of them
   * together are well below what a browser stores for a page.
   */
  answers: 200,
  answersOfStep: 6,
  answerLetters: 600,
  /** Bytes of a file with progress. */
  fileBytes: 256 * 1024,
  /** Sockets opened in a lesson that are remembered over a reload. */
  made: 1_000,
  /** Tabs looked at for lessons that were left standing. */
  tabs: 100,
  /** Whole payloads that are fetched at once for a check. */
  payloadsAtOnce: 16,
  /** Bytes of whole payloads kept for checks; a lesson moves far less. */
  payloadBytes: 32 * 1024 * 1024,
} as const;
