/**
 * What a block keeps of captured segments beside the columns that all rows have. Only captures have any, so that no
 * other journal pays for them. Source, destination and where it comes from are its ends.
 */
import type { EventOf, TcpHeader } from '@socket-playground/shared/events/event.ts';
import { Interned } from './interned.ts';

export class CapturedColumns {
  readonly #streams: Uint32Array;
  readonly #sequences: Uint32Array;
  readonly #acknowledgements: Uint32Array;
  readonly #windows: Uint16Array;
  readonly #flags: Uint8Array;
  readonly #hasTcp: Uint8Array;
  readonly #protocols: Uint16Array;
  readonly #notes: Uint16Array;
  readonly #texts = new Interned<string, string>((text) => text);

  constructor(rows: number) {
    this.#streams = new Uint32Array(rows);
    this.#sequences = new Uint32Array(rows);
    this.#acknowledgements = new Uint32Array(rows);
    this.#windows = new Uint16Array(rows);
    this.#flags = new Uint8Array(rows);
    this.#hasTcp = new Uint8Array(rows);
    this.#protocols = new Uint16Array(rows);
    this.#notes = new Uint16Array(rows);
    this.#texts.number('');
  }

  set(slot: number, { stream, tcp, protocol, note = '' }: EventOf<'segment'>): void {
    this.#streams[slot] = stream ?? 0;
    this.#protocols[slot] = this.#texts.number(protocol);
    this.#notes[slot] = this.#texts.number(note);
    if (tcp === undefined) return;
    this.#hasTcp[slot] = 1;
    this.#sequences[slot] = tcp.sequence;
    this.#acknowledgements[slot] = tcp.acknowledgement;
    this.#windows[slot] = tcp.window;
    this.#flags[slot] = tcp.flags;
  }

  at(slot: number): Pick<EventOf<'segment'>, 'protocol' | 'stream' | 'tcp' | 'note'> {
    const note = this.#texts.values[this.#notes[slot] ?? 0] ?? '';
    const tcp = this.#hasTcp[slot] === 1 ? this.#tcpAt(slot) : null;
    return {
      protocol: this.#texts.values[this.#protocols[slot] ?? 0] ?? '',
      stream: this.streamAt(slot),
      ...(tcp && { tcp }),
      ...(note === '' ? {} : { note }),
    };
  }

  streamAt(slot: number): number | null {
    const stream = this.#streams[slot] ?? 0;
    return stream === 0 ? null : stream;
  }

  /** Nothing will be added. */
  seal(): void {
    this.#texts.seal();
  }

  #tcpAt(slot: number): TcpHeader {
    return {
      sequence: this.#sequences[slot] ?? 0,
      acknowledgement: this.#acknowledgements[slot] ?? 0,
      window: this.#windows[slot] ?? 0,
      flags: this.#flags[slot] ?? 0,
    };
  }
}
