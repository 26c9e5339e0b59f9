/**
 * The link to a file: a session or JSON Lines that were saved before. Everything is checked, nothing is run, and memory
 * stays bounded whatever the file says: events are told as a live page would get them, with the first bytes of each
 * payload, and whole payloads are read from the file when they are asked for.
 */
import { problem } from '@socket-playground/shared/problems.ts';
import { readBatch } from '@socket-playground/shared/wire/codec.ts';
import type { Outcome, Welcome } from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { fileProblems } from './file-problems.ts';
import { jsonParts } from './json-lines.ts';
import type { Link, LinkListener, PayloadAnswer, SearchAnswer, SearchQuery } from './link.ts';
import { RecordedBlocks } from './recorded-blocks.ts';
import { exportOf } from './recorded-export.ts';
import { sessionFile } from './session-file.ts';
import type { RecordedPart } from './session-file.ts';
import type { Download, SaveFormat } from './sessions.ts';

const prefixBytes = 256;
const batchBytes = 1024 * 1024;

export class RecordedLink implements Link {
  readonly #file: File;
  readonly #blocks = new RecordedBlocks();
  #stopped = false;
  #last = 0;

  constructor(file: File) {
    this.#file = file;
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

  async search({ bytes, from, to, ...options }: SearchQuery): Promise<SearchAnswer> {
    const seqs: number[] = [];
    try {
      for await (const block of this.#blocks.between(from, to)) {
        if (this.#stopped) return { is: 'unreachable' };
        seqs.push(...block.find(bytes, from, to, options));
      }
      return { is: 'found', seqs, next: null };
    } catch {
      return { is: 'unreachable' };
    }
  }

  save(format: SaveFormat): Promise<Download> {
    return Promise.resolve(exportOf(this.#file, this.#blocks, format));
  }

  async #read(listener: LinkListener): Promise<void> {
    listener.status({ is: 'reading', done: 0, total: this.#file.size });
    try {
      let tornBytes = 0;
      for await (const part of partsOf(this.#file)) {
        if (this.#stopped) return;
        if (part.kind === 'torn') tornBytes = part.bytes;
        if (part.kind === 'unreadable') return listener.status({ is: 'unreadable', problem: part.problem });
        this.#tell(part, listener);
      }
      listener.status({ is: 'read', tornBytes });
    } catch {
      listener.status({ is: 'unreadable', problem: fileProblems.changed });
    }
  }

  #tell(part: RecordedPart, listener: LinkListener): void {
    if (part.kind === 'begin') {
      listener.welcome({ ...nowhere, ...part.epoch, session: this.#file.name });
    } else if (part.kind === 'segment') {
      this.#skipTo(part.first, part.reason, listener);
      if (part.first > 1) listener.standing(part.standing);
    } else if (part.kind === 'block') {
      this.#blocks.add(part);
      this.#last = part.block.last;
      for (let next = part.block.first; ;) {
        const batch = part.block.batch(next, part.block.last, batchBytes, prefixBytes);
        if (batch === null) break;
        listener.events(readBatch(batch.bytes).events);
        next = batch.next;
      }
      listener.status({ is: 'reading', done: part.end, total: this.#file.size });
    }
  }

  #skipTo(first: number, reason: Parameters<LinkListener['gap']>[0]['reason'], listener: LinkListener): void {
    const from = this.#last + 1;
    if (first > from) listener.gap({ from, to: first - 1, reason });
    this.#last = Math.max(this.#last, first - 1);
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
  expose: false,
} satisfies Partial<Welcome>;

async function* partsOf(file: File): AsyncGenerator<RecordedPart> {
  const start = new Uint8Array(await file.slice(0, 1).arrayBuffer());
  const isJson = start[0] === '{'.charCodeAt(0);
  yield* isJson ? jsonParts(file) : sessionFile(file);
}
