/** Printing the page while it shows the log prints the log's rows, not the window with the few that are in view. */
import './print-log.css';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import type { Desk } from '../../traffic/desk.svelte.ts';
import { columnNames } from '../columns.ts';
import { sheetOf } from './sheet.ts';
import type { PrintedRow, Sheet } from './sheet.ts';

/** From now on until `left` says that the log is there no more. `grid` is the log on the page: who does not see it prints what they see. */
export function printLog(desk: Desk, grid: Element, left: AbortSignal): void {
  if (left.aborted) return;
  let paper: HTMLElement | null = null;
  const clear = () => {
    paper?.remove();
    paper = null;
  };
  const lay = () => {
    clear();
    const isSeen = grid.checkVisibility() && document.querySelector('dialog[open]') === null;
    if (!isSeen || desk.log.length === 0) return;
    paper = paperOf(sheetOf(desk));
    document.body.append(paper);
  };
  addEventListener('beforeprint', lay, { signal: left });
  addEventListener('afterprint', clear, { signal: left });
  left.addEventListener('abort', clear);
}

function paperOf({ says, columns, rows }: Sheet): HTMLElement {
  const heads = columns.map((column) => element('th', columnNames[column], column));
  const head = element('thead');
  head.append(rowOf(heads));
  const body = element('tbody');
  body.append(...rows.map((row) => printedRow(row, columns)));
  const table = element('table');
  table.append(head, body);
  const paper = element('section', '', 'printed-log');
  paper.append(
    element('h1', 'Packet log'),
    ...says.map((sentence) => element('p', visible(sentence))),
    table,
  );
  return paper;
}

function printedRow({ texts, className }: PrintedRow, columns: readonly string[]): HTMLElement {
  const isAcross = texts.length !== columns.length;
  const cells = texts.map((text, place) => element('td', text, isAcross ? '' : columns[place]));
  if (isAcross) for (const cell of cells) cell.colSpan = columns.length;
  return rowOf(cells, className);
}

function rowOf(cells: readonly HTMLElement[], className = ''): HTMLElement {
  const row = element('tr', '', className);
  row.append(...cells);
  return row;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
  className = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}
