/** What is selected: a socket, and a row of the log. Survives a reload of the page within one agent run. */
import type { Row, Run } from '../rows/rows.ts';
import { seqOf } from '../rows/rows.ts';
import { isRecord, storedJson } from '../kept/stored-json.ts';

interface Picked {
  readonly run: Run;
  readonly seq: number;
}

const key = 'selection';

export class Selection {
  #socket = $state.raw<number | null>(null);
  #picked = $state.raw<Picked | null>(null);
  #epoch: string | null = null;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  get socket(): number | null {
    return this.#socket;
  }

  /** Number of the selected row, within `run`. */
  get seq(): number | null {
    return this.#picked?.seq ?? null;
  }

  get run(): Run | null {
    return this.#picked?.run ?? null;
  }

  selectSocket(socket: number | null): void {
    this.#socket = socket;
    this.#save();
  }

  /** Selects a row of the log, and the socket it is about when that belongs to the present run. */
  selectRow(row: Row, presentRun: Run): void {
    this.#picked = { run: row.run, seq: seqOf(row) };
    if (row.kind === 'event' && row.run === presentRun && row.event.socket !== null) {
      this.#socket = row.event.socket;
    }
    this.#save();
  }

  clearRow(): void {
    this.#picked = null;
    this.#save();
  }

  /** A run began: what was selected in it before a reload is selected again. */
  begin(epoch: string): void {
    this.#epoch = epoch;
    const saved = parse(this.#storage.getItem(key));
    if (saved?.epoch !== epoch) return;
    this.#socket ??= saved.socket;
    if (saved.seq !== null) this.#picked ??= { run: 0, seq: saved.seq };
  }

  /** Another run: its sockets are other sockets. A selected row stays selected, it can still be read. */
  restart(epoch: string): void {
    this.#epoch = epoch;
    this.#socket = null;
    this.#save();
  }

  #save(): void {
    const saved = { epoch: this.#epoch, socket: this.#socket, seq: this.seq };
    this.#storage.setItem(key, JSON.stringify(saved));
  }
}

function parse(text: string | null): { epoch: string; socket: number | null; seq: number | null } | null {
  const value = storedJson(text);
  if (!isRecord(value) || typeof value.epoch !== 'string') return null;
  const number = (found: unknown) => (typeof found === 'number' ? found : null);
  return { epoch: value.epoch, socket: number(value.socket), seq: number(value.seq) };
}
