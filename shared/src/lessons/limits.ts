/** Every cap of lessons, in one table. */
export const lessonLimits = {
  /** Newest events after the horizon that one evaluation looks at. */
  events: 20_000,
  /** Events after which a step is judged one by one; more that come together are looked through in so many groups. */
  moments: 200,
  /** Events that one name may stand for. */
  candidates: 40,
  /** Ways to fill in names that one evaluation tries. */
  choices: 2_000,
  /** Bytes of a stream that are looked at. */
  streamBytes: 1_048_576,
  /** Characters that a regular expression of a lesson is tried on. */
  textLength: 16_384,
  /** Events before an attempt in which the beginnings of its scene are looked for. */
  sceneEvents: 2_000,
  /** Bytes that are quoted in what is said of them. */
  quoted: 80,
  /** Events a step quotes as its proof. */
  proof: 6,
  /** How long until somebody is asked for again, when nobody waited to be accepted, ms. */
  acceptAgainMs: 100,
  /** How long an action waits for what it causes, ms. */
  patienceMs: 10_000,
} as const;
