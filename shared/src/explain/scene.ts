/** What the tables of explanations are made of. */

export interface Explanation {
  /** One sentence: what happened, with the address in it. */
  readonly message: string;
  /** What to try. */
  readonly hint: string;
}

/** What was under way, made ready for sentences. */
export interface Scene {
  readonly during: string;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly isDatagram: boolean;
  /** The address as one writes it, or the fallback when none is known. */
  readonly where: (fallback: string) => string;
}

export type Explain = (scene: Scene) => Explanation;
export type Explanations = readonly (readonly [code: string, explain: Explain])[];

export const peer = 'the other end';

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
