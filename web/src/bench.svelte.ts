/** One bench, live or recorded: what it can be asked to do, from the keyboard, the palette or a button. */
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Row } from './store/rows/rows.ts';
import type { Store } from './store/store.svelte.ts';
import { notLoaded } from './ui/not-loaded.ts';
import type { Toasts } from './ui/toasts.svelte.ts';
import type { BenchAction } from './views/keys/keymap.ts';
import type { OpenServer } from './views/log/row.ts';
import { acceptedWords, manualListener } from './views/kernel/model.ts';
import { Openings } from './views/open/openings.svelte.ts';
import type { BenchDoing } from './views/palette/actions.ts';
import { Stage } from './views/talk/stage.svelte.ts';
import { Writing } from './views/talk/writing.svelte.ts';
import { Desk } from './views/traffic/desk.svelte.ts';
import { marksFull } from './views/words.ts';

export class Bench {
  readonly store: Store;
  readonly desk: Desk;
  readonly openings = new Openings(() => this.toasts.tell(notLoaded));
  readonly stage = new Stage();
  readonly toasts: Toasts;
  readonly #present = $derived.by(() => (this.store.journal.follow(), this.store.journal.run));
  /** Another run numbers its sockets from 1 again: what was being written belongs to none of them. */
  readonly writing = $derived.by(() => {
    const run = this.#present;
    return new Writing(() => this.store.journal.run === run);
  });

  constructor(store: Store, toasts: Toasts) {
    this.store = store;
    this.toasts = toasts;
    this.desk = new Desk(store);
  }

  act(action: BenchAction): void {
    switch (action) {
      case 'filter':
        return this.desk.focus('filter');
      case 'next':
        return this.desk.walk('j');
      case 'before':
        return this.desk.walk('k');
      case 'follow':
        return this.desk.setFollow(!this.desk.follows);
      case 'find-in-log':
        return this.desk.find();
      case 'next-match':
      case 'match-before':
        return this.#step(action === 'next-match' ? 1 : -1);
      case 'next-mark':
      case 'mark-before':
        return this.#goToMark(action === 'next-mark' ? 1 : -1);
      case 'mark':
        return this.#mark();
      case 'reference':
        return this.#onRow(() => this.desk.refer());
      case 'server':
      case 'client':
        return void this.openings.show(action, this.store.sockets.table);
      case 'accept':
        return this.#accept();
      default:
        return unreachable(action);
    }
  }

  perform(doing: BenchDoing): void {
    const { settings, selection } = this.store;
    switch (doing.is) {
      case 'run':
        void this.#run(doing.command);
        return;
      case 'select':
        return selection.selectSocket(doing.socket);
      case 'follow-stream':
        return this.followStream(doing.socket);
      case 'filter':
        return this.desk.filter.set(doing.text);
      case 'theme':
        settings.theme = doing.theme;
        return;
      case 'time':
        settings.time = doing.time;
        return;
      case 'announce':
        settings.announce = doing.on;
        return;
      case 'clear':
        return this.clear();
      case 'show-all':
        return this.store.showAll();
      case 'clear-marks':
        return this.store.marks.clear();
      case 'columns':
        return settings.showAllColumns();
      default:
        return unreachable(doing);
    }
  }

  /** Without anything to find, asks what. */
  #step(way: 1 | -1): void {
    const { finder } = this.desk;
    if (!finder.asks) return this.desk.find();
    if (!finder.step(way)) this.#note(`No row has ${finder.words}.`);
  }

  #goToMark(way: 1 | -1): void {
    if (this.desk.goToMark(way)) return;
    const { length } = this.store.marks.spots;
    this.#note(length === 0 ? 'No row is marked. m marks the selected one.' : 'No marked row is shown.');
  }

  #mark(): void {
    this.#onRow((row) => {
      if (!this.store.marks.toggle(row)) this.#note(marksFull);
    });
  }

  #onRow(doing: (row: Row) => void): void {
    const { selected } = this.desk;
    if (selected === undefined) this.#note('No row is selected. j and k select one.');
    else doing(selected);
  }

  #note(title: string): void {
    this.toasts.show({ tone: 'note', title });
  }

  /** Shows all that a socket sent and received as one text. */
  followStream(socket: number): void {
    this.store.selection.selectSocket(socket);
    this.stage.follow();
  }

  clear(): void {
    this.store.clear();
    this.toasts.show({
      tone: 'note',
      title: 'Cleared. Nothing is deleted.',
      action: { label: 'Show all', run: () => this.store.showAll() },
    });
  }

  /** Opens the form, filled in: nothing listens there yet. */
  openServer({ socketType, address }: OpenServer): void {
    const entries = { host: address.host, port: String(address.port) };
    void this.openings.show('server', this.store.sockets.table, { socketType, entries });
  }

  pick(seq: number): void {
    const row = this.store.journal.bySeq(seq);
    if (row !== undefined) this.desk.go(row);
  }

  /** At the listener that is selected or was last; which one that is, the note says. */
  #accept(): void {
    const socket = manualListener(this.store.sockets.table, this.store.selection.socket);
    if (socket === null) {
      this.toasts.show({
        tone: 'note',
        title: 'No server accepts one by one.',
        detail: 'New server, Advanced, Accept: manual.',
      });
    } else void this.#run({ type: 'accept', socket });
  }

  async #run(command: Command): Promise<void> {
    const outcome = await this.store.run(command);
    if (!outcome.ok) this.toasts.tell(outcome.problem);
    else if (command.type === 'accept') {
      this.toasts.show({ tone: 'note', title: acceptedWords(command.socket, outcome.result) });
    } else if (typeof outcome.result.socket === 'number') {
      this.store.selection.selectSocket(outcome.result.socket);
    }
  }
}
