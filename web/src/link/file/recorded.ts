/**
 * The link to a file: a recording that was saved, or a capture of packets. Everything is checked, nothing is run, and memory
 * stays bounded whatever the file says: events are told as a live page would get them, with the first bytes of each
 * payload, and whole payloads are read from the file when they are asked for.
 */
import type { Capability } from '@socket-playground/shared/capability.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { lookFor } from '@socket-playground/shared/wire/look.ts';
import { readBatch } from '@socket-playground/shared/wire/unpack.ts';
import type { Outcome, Welcome } from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { Breath } from './breath.ts';
import { fileProblems, UnreadableFile } from './file-problems.ts';
import type { Link, LinkListener, LinkStatus, PayloadAnswer, SearchAnswer, SearchQuery } from '../link.ts';
import { RecordedBlocks } from './recorded-blocks.ts';
import { exportOf } from './export/recorded-export.ts';
import { RecordingFile } from './recording-file.ts';
import type { RecordedPart } from './session-file.ts';
import type { Download, SaveRequest } from '../sessions/sessions.ts';

/** Told in one go; then the page may have its turn. Of each payload, no more than a live page gets. */
const caps = { bytes: 128 * 1024, events: 2_048, dataBytes: 256 };
/** One answer to a search looks through so many bytes. */
const searchBytes = 64 * 1024 * 1024;
/** Places of a file that are remembered: far more than any session has. */
const mostPlaces = 1_000_000;

type Segment = Extract<RecordedPart, { kind: 'segment' }>;

const unreadable = (why: Problem): LinkStatus => ({ is: 'unreadable', problem: why });

export class RecordedLink implements Link {
  readonly #file: File;
  readonly #opened: Promise<RecordingFile>;
  readonly #blocks: RecordedBlocks;
  #stopped = false;
  #last = 0;

  constructor(file: File) {
    this.#file = file;
    this.#opened = RecordingFile.open(file);
    // Whoever asks first hears of it.
    this.#opened.catch(() => undefined);
    this.#blocks = new RecordedBlocks(async (start, end) => (await this.#opened).blocks(start, end));
  }

  start(listener: LinkListener): void {
    void this.#read(listener);
  }

  stop(): void {
    this.#stopped = true;
  }

  retryNow(): void {
    // A file does not go away and come back.
  }

  run(): Promise<Outcome> {
    return Promise.resolve({ ok: false, problem: problem('recording', null) });
  }

  async payload(seq: number): Promise<PayloadAnswer> {
    try {
      const data = (await this.#blocks.blockOf(seq))?.dataOf(seq) ?? null;
      return data === null ? { is: 'gone' } : { is: 'data', data };
    } catch {
      return { is: 'unreachable', message: fileProblems.changed.message };
    }
  }

  async search({ what, from, to, longerThan, signal }: SearchQuery): Promise<SearchAnswer> {
    const prepared = lookFor(what);
    if (!prepared.ok) return { is: 'refused', problem: prepared.problem };
    const seqs: number[] = [];
    let looked = 0;
    const breath = new Breath();
    const isForgotten = () => this.#stopped || signal.aborted;
    try {
      for await (const block of this.#blocks.between(from, to)) {
        if (isForgotten()) return { is: 'unreachable' };
        const looking = prepared.look({ block, from, to, longerThan });
        let step = looking.next();
        for (; step.done !== true; step = looking.next()) {
          await breath.take();
          if (isForgotten()) return { is: 'unreachable' };
        }
        seqs.push(...step.value);
        looked += block.used;
        if (looked >= searchBytes && block.last < to) return { is: 'found', seqs, next: block.last + 1 };
      }
      return { is: 'found', seqs, next: null };
    } catch {
      return { is: 'unreachable' };
    }
  }

  /** Its sockets are in no table any more. */
  kernel(): Promise<KernelView> {
    return Promise.resolve({ available: false, reason: 'recording' });
  }

  async save(request: SaveRequest): Promise<Download> {
    try {
      return await exportOf(this.#file, request);
    } catch (error) {
      const { message } = error instanceof UnreadableFile ? error : fileProblems.changed;
      return { is: 'unreachable', message };
    }
  }

  async #read(listener: LinkListener): Promise<void> {
    listener.status({ is: 'reading', done: 0, total: this.#file.size });
    const opened = await this.#opened.catch(() => null);
    this.#end(
      listener,
      opened === null ? unreadable(fileProblems.changed) : await this.#readParts(opened, listener),
    );
  }

  /** How it ended. */
  async #readParts(opened: RecordingFile, listener: LinkListener): Promise<LinkStatus> {
    let tornBytes = 0;
    const breath = new Breath();
    for await (const part of opened.parts()) {
      await breath.take();
      if (this.#stopped) break;
      if (part.kind === 'torn') tornBytes = part.bytes;
      if (part.kind === 'unreadable') return unreadable(part.problem);
      if (this.#blocks.size > mostPlaces) return unreadable(fileProblems.scattered);
      await this.#tell(part, listener, breath);
    }
    const holds = (await opened.isOfOthers()) ? 'packets' : 'events';
    return { is: 'read', holds, tornBytes };
  }

  #end(listener: LinkListener, status: LinkStatus): void {
    if (!this.#stopped) listener.status(status);
  }

  async #tell(part: RecordedPart, listener: LinkListener, breath: Breath): Promise<void> {
    if (part.kind === 'begin') listener.welcome({ ...nowhere, ...part.origin, session: this.#file.name });
    else if (part.kind === 'segment') this.#skipTo(part, listener);
    else if (part.kind === 'block') {
      this.#blocks.add(part);
      this.#last = part.block.last;
      await this.#tellBlock(part.block, listener, breath);
      if (!this.#stopped) listener.status({ is: 'reading', done: part.end, total: this.#file.size });
    }
  }

  async #tellBlock(block: Block, listener: LinkListener, breath: Breath): Promise<void> {
    let batch = block.batch(block.first, block.last, caps);
    while (batch !== null && !this.#stopped) {
      listener.events(readBatch(batch.bytes).events);
      await breath.take();
      batch = block.batch(batch.next, block.last, caps);
    }
  }

  /** A segment that follows on tells nothing new: its sockets are those the events led to. */
  #skipTo({ first, reason, standing }: Segment, listener: LinkListener): void {
    const from = this.#last + 1;
    if (first <= from) return;
    listener.gap({ from, to: first - 1, reason });
    if (standing !== null) listener.standing(standing);
    this.#last = first - 1;
  }
}

/** What a welcome says of an agent, of which a file knows nothing. */
const nowhere = {
  type: 'welcome' as const,
  protocol: protocolVersion,
  version: '',
  from: 1,
  latest: 0,
  tornBytes: 0,
  addresses: new Array<string>(),
  hostname: '',
  platform: '',
  expose: false,
  can: new Array<Capability>(),
} satisfies Partial<Welcome>;
