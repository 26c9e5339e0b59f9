/** The running session on disk and those kept beside it, bounded together by what `--keep` says. */
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import type { Backing } from '../journal/backing.ts';
import type { JournalReader } from '../journal/journal.ts';
import type { Epoch } from '../journal/source.ts';
import type { SessionFolder } from './folder.ts';
import { segmentBytes } from './keep.ts';
import type { KeepRule } from './keep.ts';
import { openRunning } from './memory-session.ts';
import { newSessionId } from './names.ts';
import { RunningSession } from './running-session.ts';
import type { RunningLimits, RunningOptions } from './running-session.ts';
import { current } from './sessions.ts';
import { Shelf } from './shelf.ts';
import type { ShelfLimits } from './shelf.ts';
import type { Sessions } from './sessions.ts';

export interface DiskOptions extends Pick<RunningOptions, 'onLost' | 'onFailure' | 'nowMs'> {
  readonly folder: SessionFolder;
  readonly rules: readonly KeepRule[];
  readonly epoch: Epoch;
  readonly limits: RunningLimits & ShelfLimits & { readonly keepCheckMs: number };
  /** What is too much could not be found or removed. */
  readonly onKeepFailure: (error: unknown) => void;
  /** Wall clock, milliseconds since 1970. */
  readonly dateMs: () => number;
}

export class DiskSessions {
  readonly id: string;
  readonly #options: DiskOptions;
  readonly #running: RunningSession;
  readonly #shelf: Shelf;
  #checking: Promise<void> | null = null;
  /** Runs once the session has begun: a folder that was refused is left alone. */
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DiskOptions) {
    const { folder, rules, limits, epoch } = options;
    this.#options = options;
    this.id = newSessionId(epoch.started);
    this.#shelf = new Shelf(limits);
    this.#running = new RunningSession({
      ...options,
      limits: { ...limits, segmentBytes: segmentBytes(rules, limits.segmentBytes) },
      pathOf: (number) => folder.pathOf(this.id, number),
      onSegment: () => this.#check(),
    });
  }

  get backing(): Backing {
    return this.#running;
  }

  /** The path of the running session's file. */
  get path(): string {
    return this.#options.folder.pathOf(this.id, 1);
  }

  /** Makes folder and file. Rejects when they cannot be had. */
  async prepare(): Promise<void> {
    await this.#options.folder.prepare();
    await this.#running.prepare();
    this.#timer = setInterval(() => this.#check(), this.#options.limits.keepCheckMs).unref();
  }

  sessionsOf(journal: JournalReader): Sessions {
    const { folder } = this.#options;
    return {
      list: async () => [this.#info(), ...(await folder.list(this.id))],
      open: async (id) => {
        if (id === current || id === this.id) return openRunning(journal, this.id);
        const found = await folder.find(id);
        const lent = found && (await this.#shelf.take(found.version, found.open));
        if (!lent) return null;
        const { kept } = lent;
        const { tornBytes, hasEnded } = kept;
        return { id, source: kept, tornBytes, isCutShort: !hasEnded, close: () => lent.giveBack() };
      },
    };
  }

  /** Writes what is left and closes the file. That comes first: to remove what `--keep` says may take too long. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#running.end(), this.#shelf.close()]);
    await this.#checking;
  }

  #info(): SessionInfo {
    const { epoch } = this.#options;
    const { events, bytes } = this.#running.index;
    return { id: this.id, epoch: epoch.id, started: epoch.started, events, bytes, complete: false };
  }

  /** One look at the folder at a time; a failure is told and changes nothing. */
  #check(): void {
    this.#checking ??= this.#enforce()
      .catch((error: unknown) => this.#options.onKeepFailure(error))
      .finally(() => (this.#checking = null));
  }

  /** What cannot be removed is told once a check, and does not keep the rest from being removed. */
  async #enforce(): Promise<void> {
    const { folder, rules, dateMs, onKeepFailure } = this.#options;
    let refusals = 0;
    const onRefused = (error: unknown) => {
      refusals += 1;
      if (refusals === 1) onKeepFailure(error);
    };
    while ((await folder.enforce(rules, this.id, dateMs(), onRefused)) > 0) {
      if (!(await this.#running.dropOldest())) return;
    }
  }
}
