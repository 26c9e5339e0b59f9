/** The language of the filter, which the first view of the page does not wait for. */
import type * as language from './language.ts';

export type Language = typeof language;

export class LanguageLoader {
  #here = $state.raw<Language | null>(null);
  #isMissing = $state.raw(false);

  /** Null until somebody needed it and it came. */
  get here(): Language | null {
    return this.#here;
  }

  /** Whether it could not be fetched when it was needed. */
  get isMissing(): boolean {
    return this.#isMissing && this.#here === null;
  }

  /** Rejects when it cannot be fetched now; asks again when called again. */
  async load(): Promise<Language> {
    return (this.#here ??= await import('./language.ts'));
  }

  /** For who can wait. */
  want(): void {
    this.load().catch(() => {
      this.#isMissing = true;
    });
  }
}
