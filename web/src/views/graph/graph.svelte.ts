/** The graph of one desk: what its bins come to, brought up to date with the rows, the window and what is counted. */
import type { Desk } from '../traffic/desk.svelte.ts';
import { binsOf } from './model.ts';
import type { Bins } from './bins.ts';
import { nearestRow } from './nearest.ts';
import { OwnEnds } from './own-ends.ts';
import { Sums } from './sums.ts';
import type { Scope } from './sums.ts';

export class Graph {
  readonly #desk: Desk;
  readonly #own = new OwnEnds();
  /** Rows that it has looked at end here. */
  #ownTo = 0;
  #sums: Sums | null = null;
  #sumsTo = 0;
  #asksOne = $state.raw(false);
  /** Width of what is drawn, px; 0 while nothing is. */
  widthPx = $state.raw(0);

  readonly scope: Scope = $derived.by(() =>
    this.#asksOne ? (this.#desk.store.selection.socket ?? 'none') : 'all',
  );
  readonly bins: Bins = $derived.by(() => binsOf(this.#desk.window, this.widthPx));

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether only the selected socket is counted. */
  get asksOne(): boolean {
    return this.#asksOne;
  }
  set asksOne(one: boolean) {
    this.#asksOne = one;
  }

  /** The sums of the bins as of now. Always the same object while rows can just be added to it. */
  update(): Sums {
    const { journal } = this.#desk.store;
    const { end } = journal;
    for (const section of journal.sections(this.#ownTo, end)) this.#own.add(section);
    this.#ownTo = journal.firmEnd;
    const sums = this.#fitting();
    for (const section of journal.sections(this.#sumsTo, end)) sums.add(section);
    this.#sumsTo = end;
    sums.settle(() => this.#openConnections());
    return sums;
  }

  /** Selects the row that is closest to this time. */
  pick(timeNs: number): void {
    const { journal } = this.#desk.store;
    const inScope = this.#scoped();
    const position = nearestRow(journal, timeNs, (socket) => inScope === null || inScope.has(socket));
    const row = position === null ? undefined : journal.rowAt(position);
    if (row !== undefined) this.#desk.go(row);
  }

  #fitting(): Sums {
    const { bins, scope } = this;
    const known = this.#sums;
    if (known !== null && known.scope === scope && known.moveTo(bins)) return known;
    this.#sumsTo = 0;
    this.#sums = new Sums(bins, scope, this.#own, this.#scoped() ?? []);
    return this.#sums;
  }

  /** The sockets that are counted, as far as the table knows them; null: all. */
  #scoped(): ReadonlySet<number> | null {
    const { scope } = this;
    if (scope === 'all') return null;
    if (scope === 'none') return new Set();
    const { table } = this.#desk.store.sockets;
    const connections = [...table.values()].filter(({ listener }) => listener === scope);
    return new Set([scope, ...connections.map(({ socket }) => socket)]);
  }

  #openConnections(): ReadonlySet<number> {
    const inScope = this.#scoped();
    const states = [...this.#desk.store.sockets.table.values()];
    const open = states.filter(
      ({ role, state, socket }) =>
        role === 'connection' &&
        state !== 'closed' &&
        state !== 'connecting' &&
        (inScope?.has(socket) ?? true),
    );
    return new Set(open.map(({ socket }) => socket));
  }
}
