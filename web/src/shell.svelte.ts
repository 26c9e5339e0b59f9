/** The whole page: the live sockets and the recordings beside them, and what can be asked for around the bench. */
import { tick } from 'svelte';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { Whereabouts } from './lessons/whereabouts.svelte.ts';
import { Bench } from './bench.svelte.ts';
import type { Library, Recording, SessionInfo } from './store/library.svelte.ts';
import { formats } from '@socket-playground/shared/recording/export/formats.ts';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import { limits } from './store/limits.ts';
import type { Store } from './store/store.svelte.ts';
import { notLoaded } from './ui/not-loaded.ts';
import { Toasts } from './ui/toasts.svelte.ts';
import type { Mode } from './views/bar/model.ts';
import { actionOf } from './views/keys/keymap.ts';
import type { PageAction } from './views/keys/keymap.ts';
import type { OpenServer } from './views/log/row.ts';
import { haltWords, overSays } from './views/over.ts';
import type { Doing } from './views/palette/actions.ts';
import { Hiding } from './views/sessions/hiding.svelte.ts';
import { fileStem, recordingName } from './views/sessions/names.ts';
import { Saving } from './views/sessions/saving.svelte.ts';
import type { Saved } from './views/sessions/saving.svelte.ts';
import { chooseTarget } from './views/sessions/target.ts';
import { savedWords } from './views/sessions/saved-words.ts';
import { plural } from './views/words.ts';

export type DialogName = 'palette' | 'keys' | 'sessions';

/** Told to whoever does not see it; each is told once, also in words that were said before. */
interface Said {
  readonly text: string;
  /** What it is about; null for nothing. */
  readonly of: Recording | null;
}

const silence: Said = { text: '', of: null };

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

export class Shell {
  readonly library: Library;
  readonly whereabouts: Whereabouts;
  readonly toasts = new Toasts(limits.toasts);
  readonly saving = new Saving();
  readonly hiding = new Hiding();
  readonly #live: Bench;
  /** A bench each, so that going back finds everything as it was. */
  readonly #benches = new WeakMap<Store, Bench>();
  #dialog = $state.raw<DialogName | null>(null);
  #said: Said = $state.raw(silence);
  readonly #now: () => number;

  /** `now`: milliseconds since 1970. */
  constructor(library: Library, whereabouts: Whereabouts, now: () => number) {
    this.library = library;
    this.whereabouts = whereabouts;
    this.#now = now;
    this.#live = new Bench(library.live, this.toasts);
  }

  /** The bench of what is shown. */
  get bench(): Bench {
    return this.#benches.get(this.library.shown) ?? this.#live;
  }

  /** What was written into the forms before is of no use to whoever begins something else. */
  freshForms(): void {
    this.#live.openings.reset();
  }

  get mode(): Mode {
    return this.whereabouts.place.is === 'sockets' ? 'sockets' : 'lessons';
  }

  switchMode(mode: Mode): void {
    if (mode === this.mode) return;
    if (mode === 'lessons') this.whereabouts.goToLessons();
    else this.whereabouts.go({ is: 'sockets' });
  }

  /** For whoever does not see it: what is shown now. */
  get said(): Said {
    return this.#said;
  }

  /** Takes in what is shown now: what was said of something else is over. */
  follow(): void {
    if (this.#said.of !== this.library.recording) this.#said = silence;
  }

  get dialog(): DialogName | null {
    return this.#dialog;
  }

  show(dialog: DialogName): void {
    this.#dialog = dialog;
  }

  closeDialog(): void {
    this.#dialog = null;
  }

  /** It did not come: nothing waits for it, and the keys go on. */
  loseDialog(): void {
    this.closeDialog();
    this.toasts.tell(notLoaded);
  }

  openKept(info: SessionInfo): void {
    this.#opened(this.library.openKept(info));
  }

  openFile(file: File): void {
    this.#opened(this.library.openFile(file));
  }

  #opened(recording: Recording | null): void {
    if (recording === null) return this.#sayFull();
    if (!this.#benches.has(recording.store)) {
      this.#benches.set(recording.store, new Bench(recording.store, this.toasts));
    }
    this.closeDialog();
    void this.#goOnIn(recording);
  }

  /** Whoever opened it came to look at its rows; the dialog would give the focus back to the button that showed it. */
  async #goOnIn(recording: Recording): Promise<void> {
    this.#said = { text: `${recordingName(recording, this.#now())} is shown.`, of: recording };
    await tick();
    if (this.library.recording === recording) this.bench.desk.focus('grid');
  }

  #sayFull(): void {
    this.toasts.show({
      tone: 'note',
      title: `${plural(limits.recordings, 'recording')} are open.`,
      detail: 'Close one to open another.',
    });
  }

  async save(format: FormatName): Promise<void> {
    if (this.saving.isBusy) {
      this.toasts.show({
        tone: 'note',
        title: 'Another file is being saved.',
        detail: 'Wait until it is there, or cancel it.',
      });
      return;
    }
    const { shown } = this.library;
    const { ending, mediaType } = formats[format];
    const stem = fileStem(shown.agent?.session ?? null);
    try {
      const target = await chooseTarget({ stem, ending, mediaType });
      if (target === null) return;
      const hide = this.hiding.words;
      const saved = await this.saving.save(target, stem + ending, (signal, looked) =>
        shown.save({ format, hide, signal, looked }),
      );
      this.#say(saved);
    } catch (error) {
      this.#say({ is: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  #say(saved: Saved): void {
    switch (saved.is) {
      case 'saved':
        return this.toasts.show({
          tone: 'done',
          title: `Saved ${saved.name}`,
          detail: savedWords(saved),
        });
      case 'cancelled':
        return this.toasts.show({ tone: 'note', title: 'Cancelled. Nothing was saved.' });
      case 'failed':
        return this.toasts.show({ tone: 'trouble', title: 'Nothing was saved.', detail: saved.message });
      default:
        return unreachable(saved);
    }
  }

  act(action: PageAction): void {
    switch (action) {
      case 'find':
        return this.show('palette');
      case 'keys':
        return this.show('keys');
      case 'lessons':
        return this.switchMode(this.mode === 'lessons' ? 'sockets' : 'lessons');
      case 'server':
      case 'client':
      case 'accept':
        return this.#command(() => this.bench.act(action));
      default:
        return this.bench.act(action);
    }
  }

  /** What commands the agent, where there is one to command. */
  #command(doing: () => void): void {
    if (this.bench.store.isRecording) this.#sayInert();
    else if (!this.stops()) doing();
  }

  /** Why the agent can be commanded to do nothing now; null while commands go. */
  get halted(): string | null {
    const { status, agent } = this.library.live;
    return haltWords(status, agent !== null);
  }

  /** Whether nothing can be commanded now; then it is told why. */
  readonly stops = (): boolean => {
    const { halted } = this;
    if (halted !== null) this.toasts.show({ tone: 'note', title: halted });
    return halted !== null;
  };

  /** Opens the form, filled in. */
  readonly openServer = (wanted: OpenServer): void => {
    this.#command(() => this.bench.openServer(wanted));
  };

  /** Shows a row of the live log, whatever is shown now. Whoever was being talked to stays so. */
  pickLive(seq: number): void {
    const { selection } = this.library.live;
    const { socket } = selection;
    this.library.show(null);
    this.#live.pick(seq);
    selection.selectSocket(socket);
  }

  #sayInert(): void {
    this.toasts.show({
      tone: 'note',
      title: overSays.recording,
      action: { label: 'Back to live', run: () => this.library.show(null) },
    });
  }

  readonly key = (event: KeyboardEvent): void => {
    const taken = event.defaultPrevented || this.#dialog !== null;
    const action = taken ? null : actionOf(event, isTyping(event.target));
    if (action === null) return;
    event.preventDefault();
    this.act(action);
  };

  readonly perform = (doing: Doing): void => {
    this.closeDialog();
    switch (doing.is) {
      case 'page':
        return this.act(doing.action);
      case 'save':
        void this.save(doing.format);
        return;
      case 'sessions':
        return this.show('sessions');
      case 'lesson':
        return this.whereabouts.go({ is: 'lesson', id: doing.id, step: null });
      case 'live':
        return this.library.show(null);
      case 'run':
        return this.#command(() => this.bench.perform(doing));
      default:
        return this.bench.perform(doing);
    }
  };

  switchTheme(): void {
    const { settings } = this.library.live;
    const dark =
      settings.theme === 'dark' ||
      (settings.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    settings.theme = dark ? 'light' : 'dark';
  }
}
