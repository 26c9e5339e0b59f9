/**
 * Everything the views show, and what they can ask for: commands, whole payloads, searches, the kernel's view, files.
 * Data flows one way: link → store → views.
 */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Outcome, Welcome } from '@socket-playground/shared/wire/messages.ts';
import type { Link, LinkListener, LinkStatus, PayloadAnswer } from '../link/link.ts';
import type { Download, SaveRequest } from '../link/sessions/sessions.ts';
import { DeepSearch } from './asked/deep-search.svelte.ts';
import { nextFrame, oncePerFrame } from './painting/frame.ts';
import type { Scheduler } from './painting/frame.ts';
import { KernelSight } from './asked/kernel-sight.svelte.ts';
import { limits } from './limits.ts';
import { Journal } from './journal/journal.svelte.ts';
import { afterRest, Pacing } from './painting/pacing.ts';
import { Marks } from './chosen/marks.svelte.ts';
import type { Ground } from './sockets/other-end.ts';
import { PastRun } from './sockets/past-run.ts';
import type { Run } from './rows/rows.ts';
import { Selection } from './chosen/selection.svelte.ts';
import type { Settings } from './kept/settings.svelte.ts';
import { Spoken } from './sockets/spoken.svelte.ts';
import { Sockets } from './sockets/sockets.svelte.ts';

export type { LinkStatus, PayloadAnswer } from '../link/link.ts';
/** Sends a command to the agent. Never rejects: what went wrong is in the outcome's problem. */
export type RunCommand = (command: Command) => Promise<Outcome>;

/** Shows the newest rows in a flood, so that all else need not follow each frame of it. */
export interface Overlay {
  /** Reads the journal and draws its end; false: it does not, everything has to be brought up to date. */
  draw(): boolean;
  /** Everything is brought up to date: there is nothing to draw any more. */
  stop(): void;
}

export interface Surroundings {
  readonly link: Link;
  readonly settings: Settings;
  readonly session: Pick<Storage, 'getItem' | 'setItem'>;
  /** Whether this is about the past: then nothing can be run. */
  readonly isRecording?: boolean;
  readonly schedule?: Scheduler;
}

export class Store {
  readonly journal = new Journal();
  readonly sockets = new Sockets();
  /** What each socket speaks. */
  readonly spoken = new Spoken(this.journal);
  readonly selection: Selection;
  readonly marks: Marks;
  readonly settings: Settings;
  readonly isRecording: boolean;
  /** Looks behind the first bytes of payloads. */
  readonly deep: DeepSearch;
  /** What the kernel says of sockets that are shown. */
  readonly kernel: KernelSight;
  #status = $state.raw<LinkStatus>({ is: 'connecting' });
  #agent = $state.raw<Welcome | null>(null);
  /** Sockets that commands of this page opened, in this run of the agent. */
  readonly own = new Set<number>();
  readonly #link: Link;
  readonly #soon: () => void;
  readonly #pacing = new Pacing(limits, () => performance.now());
  #overlay: Overlay | null = null;
  /** The run before that was asked about last. */
  #past: PastRun | null = null;

  constructor({ link, settings, session, isRecording = false, schedule = nextFrame }: Surroundings) {
    this.#link = link;
    this.settings = settings;
    this.isRecording = isRecording;
    this.deep = new DeepSearch((query) => link.search(query));
    this.kernel = new KernelSight((wanted) => link.kernel(wanted));
    this.selection = new Selection(session);
    this.marks = new Marks(session);
    this.#soon = oncePerFrame(() => this.#frame(), afterRest(this.#pacing, schedule));
  }

  get status(): LinkStatus {
    return this.#status;
  }

  /** What the agent said of itself and this machine; kept while it does not answer. */
  get agent(): Welcome | null {
    return this.#agent;
  }

  start(): void {
    this.#link.start(this.#listener());
  }

  stop(): void {
    this.#link.stop();
  }

  readonly run: RunCommand = async (command) => {
    const outcome = await this.#link.run(command);
    this.#pacing.hurry();
    const opened = outcome.ok ? outcome.result.socket : null;
    if (typeof opened === 'number') this.own.add(opened);
    return outcome;
  };

  retryNow(): void {
    this.#link.retryNow();
  }

  /** All bytes of one transfer; those of an earlier run are gone with their agent. */
  async payload(seq: number, run: number): Promise<PayloadAnswer> {
    return run === this.journal.run ? this.#link.payload(seq) : { is: 'gone' };
  }

  /** What tells of the other ends of a run's rows. */
  groundOf(run: Run): Ground {
    const { journal, sockets } = this;
    if (run !== journal.run)
      return (this.#past = this.#past?.run === run ? this.#past : new PastRun(journal, run));
    return {
      run,
      rowAt: (position) => journal.rowAt(position),
      transfersOf: (socket, type) => journal.transfersOf(socket, type),
      peerOf: (socket) => sockets.peerOf(socket),
    };
  }

  /** All of it, as a file. */
  save(request: SaveRequest): Promise<Download> {
    return this.#link.save(request);
  }

  /** Hides the log's rows and the closed sockets; deletes nothing. */
  clear(): void {
    this.journal.hideAll();
    this.sockets.hideClosed();
    this.selection.clearRow();
  }

  /** Hides what `clear` hid right after this event of the present run: whatever came later stays. */
  clearUpTo(seq: number): void {
    this.journal.hideUpTo(seq);
    this.sockets.hideClosed((socket) => this.#lastOf(socket) <= seq);
  }

  showAll(): void {
    this.journal.showAll();
    this.sockets.showAll();
  }

  /** In a flood this shows the rows, until what is returned is called. */
  cover(overlay: Overlay): () => void {
    this.#overlay = overlay;
    return () => {
      this.#overlay = null;
      overlay.stop();
    };
  }

  /** Brings everything up to date now, and not at the end of a rest. */
  catchUp(): void {
    this.journal.publish();
    this.#settle();
  }

  /** Number of the newest event of a socket that is here; 0 when none is. */
  #lastOf(socket: number): number {
    const events = this.journal.perSocket(socket);
    return events.at(events.length - 1)?.seq ?? 0;
  }

  #listener(): LinkListener {
    return {
      status: (status) => (this.#status = status),
      welcome: (welcome) => this.#welcome(welcome),
      events: (events) => {
        for (const event of events) this.#ingest(event);
        this.#soon();
      },
      gap: (gap) => {
        this.journal.gap(gap);
        this.sockets.missed();
        this.#soon();
      },
      standing: (sockets) => {
        this.sockets.stand(sockets);
        this.journal.stand(sockets);
        this.#soon();
      },
    };
  }

  #welcome(welcome: Welcome): void {
    if (this.#agent === null) {
      this.journal.begin(welcome.started);
      this.selection.begin(welcome.epoch);
      this.marks.begin(welcome.epoch);
    } else if (this.#agent.epoch !== welcome.epoch) {
      this.journal.restart(welcome.started);
      this.sockets.restart();
      this.own.clear();
      this.selection.restart(welcome.epoch);
      this.marks.restart(welcome.epoch, this.journal.run);
      this.deep.restart();
      this.kernel.restart();
    }
    this.#agent = welcome;
    this.#soon();
  }

  #ingest(event: SocketEvent): void {
    const offset = this.sockets.offsetOf(event);
    const ends = this.sockets.apply(event);
    this.journal.append(event, ends, offset);
  }

  /** An event is shown in this frame; in a flood, in this one or in one of the next. */
  #frame(): void {
    const crowded = this.#pacing.paints(this.journal.take());
    // What is over has to be noticed though no more events come.
    if (crowded) this.#soon();
    const settles = !crowded || this.#pacing.isSettleDue;
    const covered = this.#covers(crowded);
    if (settles || !covered) this.journal.publish();
    if (settles) this.#settle();
  }

  #covers(crowded: boolean): boolean {
    if (crowded) return this.#overlay?.draw() ?? false;
    this.#overlay?.stop();
    return false;
  }

  #settle(): void {
    this.#pacing.settles();
    this.sockets.publish();
    this.journal.settle();
  }
}
