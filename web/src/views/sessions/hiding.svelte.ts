/** What is hidden in files that are saved. It is for this page only: a secret is stored nowhere. */
export class Hiding {
  /** On unless somebody says otherwise: most files are saved to be handed on. */
  isOn = $state(true);
  /** One text or pattern a line. */
  typed = $state('');
  /** What is wrong with it, in words. */
  wrong: string | null = $state.raw(null);

  /** What header values are hidden with; null: nothing is hidden. */
  get words(): readonly string[] | null {
    return this.isOn ? this.typed.split('\n').filter((line) => line !== '') : null;
  }

  get isRefused(): boolean {
    return this.isOn && this.wrong !== null;
  }
}
