/**
 * A row of the log as elements. They are made once and shown again for other rows; a text, a class or an attribute is
 * written only when it says something else. A flood writes thousands of cells a second: `scripts/bench/paint.mjs` has
 * what that costs, and what a component for each row cost.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { columnIds } from '../../store/kept/settings.svelte.ts';
import { InfoCell } from './info-cell.ts';
import type { RowLook } from './look.ts';
import type { Cells, EventCells, Failure, Mark } from './row.ts';
import { addressText, socketText } from './texts.ts';
import { openServerThere } from '../words.ts';
import { element, setAttribute, setClass, setText, text } from './write.ts';
import './row.css';

const columns = columnIds.length;

export class RowElement {
  readonly element = element('div', 'log-row', { role: 'row' });
  readonly #no = textCell('no');
  readonly #time = timeCell();
  readonly #who = whoCell();
  readonly #dir = markCell();
  readonly #source = addressCell('source');
  readonly #destination = addressCell('destination');
  readonly #protocol = textCell('proto');
  readonly #length = textCell('len');
  readonly #info = new InfoCell();
  readonly #cells = [
    ...[this.#no, this.#time, this.#who, this.#dir, this.#source, this.#destination],
    ...[this.#protocol, this.#length, this.#info],
  ].map(({ element: cell }, at) => {
    cell.setAttribute('aria-colindex', String(at + 1));
    return cell;
  });
  readonly #failure = failureCell();
  readonly #note = noteCell();
  #shown: 'event' | 'failure' | 'note' | null = null;
  #place = { topPx: NaN, heightPx: NaN };

  show({ cells, id, rowindex, topPx, heightPx, selected, otherEnd, marked }: RowLook): void {
    const row = this.element;
    if (row.id !== id) row.id = id;
    setAttribute(row, 'aria-rowindex', String(rowindex));
    setAttribute(row, 'aria-selected', String(selected));
    setClass(row, `log-row ${kindOf(cells)}${otherEnd ? ' is-other-end' : ''}${marked ? ' is-marked' : ''}`);
    this.#move(topPx, heightPx);
    if (cells.kind === 'event') this.#showEvent(cells, selected);
    else this.#showNote(cells);
  }

  #move(topPx: number, heightPx: number): void {
    const { style } = this.element;
    if (topPx !== this.#place.topPx) style.top = `${topPx}px`;
    if (heightPx !== this.#place.heightPx) style.height = `${heightPx}px`;
    this.#place = { topPx, heightPx };
  }

  #showEvent(cells: EventCells, selected: boolean): void {
    this.#no.show(String(cells.seq));
    this.#time.show(cells.time);
    this.#who.show(cells);
    this.#dir.show(cells.mark);
    this.#source.show(cells.source);
    this.#destination.show(cells.destination);
    this.#protocol.show(cells.protocol);
    this.#length.show(cells.length);
    this.#info.show(cells);
    if (cells.failure === null) return this.#hold('event', this.#cells);
    this.#failure.show(cells.failure, selected);
    this.#hold('failure', [...this.#cells, this.#failure.element]);
  }

  #showNote(cells: Exclude<Cells, EventCells>): void {
    this.#note.show(cells);
    this.#hold('note', [this.#note.element]);
  }

  #hold(shown: 'event' | 'failure' | 'note', cells: readonly Element[]): void {
    // The spaces are for who reads or copies the row as text.
    if (this.#shown !== shown) this.element.replaceChildren(...cells.flatMap((cell) => [cell, ' ']));
    this.#shown = shown;
  }
}

function kindOf(cells: Cells): string {
  if (cells.kind !== 'event') return `is-${cells.kind}`;
  const life = cells.info.is === 'data' || cells.info.is === 'message' ? '' : 'is-life';
  return `${life}${cells.afterPause ? ' is-after-pause' : ''}${cells.failure === null ? '' : ' row-failed'}`;
}

const cell = (className: string) => element('span', className, { role: 'gridcell' });

function textCell(className: string) {
  const made = cell(className);
  const words = text(made);
  return { element: made, show: (said: string) => setText(words, said) };
}

function timeCell() {
  const made = cell('time');
  const same = element('i', 'same');
  made.append(same);
  const [known, fresh] = [text(same), text(made)];
  const show = (time: EventCells['time']) => {
    setText(known, time.same);
    setText(fresh, time.fresh);
  };
  return { element: made, show };
}

function whoCell() {
  const made = cell('who');
  const lanes = element('span', 'lanes', { 'aria-hidden': 'true' });
  const id = element('span', 'id');
  const words = text(id);
  made.append(lanes, id);
  const show = ({ lanes: classes, socket }: EventCells) => {
    while (lanes.childElementCount > classes.length) lanes.lastElementChild?.remove();
    while (lanes.childElementCount < classes.length) lanes.append(element('i', ''));
    for (const [at, lane] of classes.entries()) setClass(lanes.children[at], lane);
    setText(words, socketText(socket));
  };
  return { element: made, show };
}

function markCell() {
  const made = cell('dir');
  const mark = element('i', '', { role: 'img' });
  made.append(mark);
  const show = (shown: Mark) => {
    setClass(
      mark,
      shown.is === 'arrow' ? `arrow is-${shown.type} ${shown.direction}` : `state is-${shown.glyph}`,
    );
    setAttribute(mark, 'aria-label', shown.name);
  };
  return { element: made, show };
}

function addressCell(which: string) {
  const made = cell(`${which} end addr`);
  const host = element('i', '');
  const port = element('b', '');
  const [hostText, portText] = [text(host), text(port)];
  made.append(host, port);
  const show = (address: Address | null) => {
    const { host: shown, port: number, isLong } = addressText(address);
    setText(hostText, shown);
    setText(portText, number);
    setAttribute(made, 'title', shown + number);
    setClass(made, `${which} end addr${isLong ? ' is-long' : ''}`);
  };
  return { element: made, show };
}

function failureCell() {
  const made = cell('explain clip');
  const button = element('button', 'link', { type: 'button' });
  button.textContent = openServerThere;
  // No line begins with what stands behind the button: a comma.
  const offer = element('span', 'offer');
  offer.append(button);
  const behind = text(offer);
  const message = text(made);
  const hint = document.createTextNode('');
  const show = (failure: Failure, selected: boolean) => {
    setText(message, `${failure.message} `);
    const behindTo = failure.action === null ? 0 : 1;
    setText(behind, failure.hint.slice(0, behindTo));
    setText(hint, failure.hint.slice(behindTo));
    made.title = `${failure.message} ${failure.action === null ? '' : openServerThere}${failure.hint}`;
    button.tabIndex = selected ? 0 : -1;
    if (failure.action === null) made.replaceChildren(message, hint);
    else made.replaceChildren(message, offer, hint);
  };
  return { element: made, show };
}

function noteCell() {
  const made = cell('note');
  made.setAttribute('aria-colspan', String(columns));
  const strong = element('b', '');
  const title = text(strong);
  made.append(strong);
  const rest = text(made);
  const show = (cells: Exclude<Cells, EventCells>) => {
    const restarted = cells.kind === 'restart';
    setText(title, restarted ? 'The agent was restarted.' : cells.text);
    setText(rest, restarted ? ' Its sockets are closed; numbers begin again at 1.' : `: ${cells.why}`);
  };
  return { element: made, show };
}
