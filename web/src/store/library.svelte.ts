/**
 * What the page has open: the live playground and recordings beside it, each a store of its own that the same views show.
 * Live goes on underneath whatever is shown.
 */
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import type { Link } from '../link/link.ts';
import type { Download, SaveRequest, SessionList } from '../link/sessions/sessions.ts';
import { forgetful } from './kept/browser-storage.ts';
import { limits } from './limits.ts';
import { Store } from './store.svelte.ts';
import type { Surroundings } from './store.svelte.ts';

export type { Download, SaveRequest, SessionList } from '../link/sessions/sessions.ts';
export type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';

export interface Recording {
  /** Names it among those that are open. */
  readonly key: number;
  /** For people: when it began, or the name of the file. */
  readonly name: string;
  /** The id of a kept session; null for a file. */
  readonly id: string | null;
  readonly store: Store;
}

export interface LibraryOptions extends Omit<Surroundings, 'isRecording'> {
  /** A link that replays a kept session. */
  readonly kept: (id: string) => Link;
  /** A link that reads a file. */
  readonly file: (file: File) => Link;
  /** The sessions the agent keeps; `epoch` is the running one's. */
  readonly sessions: (epoch: string | null) => Promise<SessionList>;
}

export class Library {
  readonly live: Store;
  readonly #options: LibraryOptions;
  #recordings: readonly Recording[] = $state.raw([]);
  /** What was shown, the newest last and each once; null stands for live. */
  #trail: readonly (Recording | null)[] = $state.raw([null]);
  #opened = 0;

  constructor(options: LibraryOptions) {
    this.#options = options;
    this.live = new Store(options);
  }

  get recordings(): readonly Recording[] {
    return this.#recordings;
  }

  /** The recording that is shown; null while that is the live playground. */
  get recording(): Recording | null {
    return this.#trail.at(-1) ?? null;
  }

  /** What the views show. */
  get shown(): Store {
    return this.recording?.store ?? this.live;
  }

  /** Whether one more recording may be opened. */
  get isFull(): boolean {
    return this.#recordings.length >= limits.recordings;
  }

  show(recording: Recording | null): void {
    this.#trail = [...this.#without(recording), recording];
  }

  /** Opens a kept session, or shows it when it is open already. Null when there is no room. */
  openKept({ id, started }: SessionInfo): Recording | null {
    const open = this.#recordings.find((recording) => recording.id === id);
    if (!open) return this.#open(started, id, this.#options.kept(id));
    this.show(open);
    return open;
  }

  /** Opens a file: a recording that was saved, or a capture of packets. Null when there is no room. */
  openFile(file: File): Recording | null {
    return this.#open(file.name, null, this.#options.file(file));
  }

  /** Whoever was looking at it is back where they were before. */
  close(recording: Recording): void {
    recording.store.stop();
    this.#recordings = this.#recordings.filter((other) => other !== recording);
    this.#trail = this.#without(recording);
  }

  /** The sessions the agent keeps, newest first. */
  list(): Promise<SessionList> {
    return this.#options.sessions(this.live.agent?.epoch ?? null);
  }

  /** What is shown, as a file. */
  save(request: SaveRequest): Promise<Download> {
    return this.shown.save(request);
  }

  #open(name: string, id: string | null, link: Link): Recording | null {
    if (this.isFull) return null;
    // It is gone after a reload, and what was selected in it.
    const store = new Store({ ...this.#options, link, session: forgetful(), isRecording: true });
    const recording = { key: (this.#opened += 1), name, id, store };
    this.#recordings = [...this.#recordings, recording];
    this.show(recording);
    store.start();
    return recording;
  }

  #without(shown: Recording | null): readonly (Recording | null)[] {
    return this.#trail.filter((other) => other !== shown);
  }
}
