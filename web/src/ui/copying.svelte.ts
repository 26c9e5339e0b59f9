/** Puts text on the clipboard, with a sign that it was done. */

/** How long the sign is shown. */
const saidMs = 1_500;

/** Null, or why it was not done. A browser may forbid it: what is shown can still be selected by hand. Never rejects. */
export async function toClipboard(text: string): Promise<string | null> {
  try {
    await navigator.clipboard.writeText(text);
    return null;
  } catch {
    return 'This browser does not let the page copy. Select the text and copy it.';
  }
}

export class Copying {
  #copied = $state.raw<string | null>(null);
  #problem = $state.raw<string | null>(null);
  #sign: ReturnType<typeof setTimeout> | undefined;

  /** What was copied just now; null again after a moment. */
  get copied(): string | null {
    return this.#copied;
  }

  /** Why the last text was not copied; null while all is well. */
  get problem(): string | null {
    return this.#problem;
  }

  async copy(text: string): Promise<void> {
    this.#problem = await toClipboard(text);
    this.#copied = this.#problem === null ? text : null;
    // The sign of an earlier copy must not take this one's away.
    clearTimeout(this.#sign);
    this.#sign = setTimeout(() => (this.#copied = null), saidMs);
  }
}
