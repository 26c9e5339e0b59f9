/** A pcapng or pcap file, read into blocks like a session's. */
import { epochFrom } from '@socket-playground/shared/recording/origin.ts';
import { captureParts } from '@socket-playground/shared/recording/pcapng/capture.ts';
import type { Resume } from '@socket-playground/shared/recording/pcapng/capture.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { blockOf } from './block-of.ts';
import { fileProblems } from './file-problems.ts';
import { readerOf } from './session-file.ts';
import type { RecordedPart } from './session-file.ts';

export class CaptureFile {
  readonly #file: File;
  /** What is needed to read a part again, by where it begins. */
  readonly #resumes = new Map<number, Resume>();

  constructor(file: File) {
    this.#file = file;
  }

  /** Whether it tells of events, as only we write them. */
  async isOurs(): Promise<boolean> {
    for await (const part of captureParts(readerOf(this.#file), this.#file.size))
      return part.kind === 'begin' && part.epoch !== null;
    return false;
  }

  async *parts(): AsyncGenerator<RecordedPart> {
    const epoch = epochFrom(this.#file.name) || 'capture';
    for await (const part of captureParts(readerOf(this.#file), this.#file.size)) {
      switch (part.kind) {
        case 'begin':
          yield { kind: 'begin', origin: { epoch: part.epoch ?? epoch, started: part.started }, end: null };
          break;
        case 'gap': {
          const { gap, standing } = part;
          yield { kind: 'segment', first: gap.to + 1, reason: gap.reason, standing };
          break;
        }
        case 'events':
          this.#resumes.set(part.start, part.resume);
          yield { kind: 'block', block: blockOf(part.events), start: part.start, end: part.end };
          break;
        case 'torn':
          yield { kind: 'torn', bytes: part.bytes };
          break;
        case 'foreign':
          yield { kind: 'unreadable', problem: fileProblems.foreign };
      }
    }
  }

  /** The blocks made of the bytes from `start` to `end`, where `parts` has been before. */
  async blocks(start: number, end: number): Promise<readonly Block[]> {
    const blocks: Block[] = [];
    const resume = this.#resumes.get(start);
    if (resume === undefined) return blocks;
    for await (const part of captureParts(readerOf(this.#file), end, start, resume)) {
      if (part.kind === 'events') blocks.push(blockOf(part.events));
    }
    return blocks;
  }
}
