/** How each cell of a row is drawn: what it says comes from the row's model, where and how it stands from the sample. */
import { columnIds } from '../../store/kept/settings.svelte.ts';
import type { ColumnId } from '../../store/kept/settings.svelte.ts';
import { cut } from '../drawn.ts';
import type { Pen } from './pen.ts';
import type { EventCells } from './row.ts';
import type { Sample } from './sample.ts';
import { addressText, nothingText, socketText } from './texts.ts';

interface CellPainter {
  /** All that decides what the cell looks like. */
  says(cells: EventCells): string;
  paint(pen: Pen, cells: EventCells, sample: Sample): void;
}

const painters: Readonly<Record<ColumnId, CellPainter>> = {
  no: {
    says: ({ seq }) => String(seq),
    paint: (pen, { seq }, { no }) => pen.textBefore(String(seq), no),
  },
  time: {
    says: ({ time }) => `${time.same} ${time.fresh}`,
    paint: (pen, { time }, { time: fresh, same }) => {
      pen.textBefore(time.fresh, fresh);
      pen.textBefore(
        time.same,
        same && { ...same, right: (fresh?.right ?? 0) - pen.width(time.fresh, fresh) },
      );
    },
  },
  socket: {
    says: ({ socket, lanes }) => `${socket} ${lanes.join()}`,
    paint: (pen, { socket, lanes }, sample) => {
      pen.text(socketText(socket), sample.id);
      for (const lane of lanes) pen.lane(lane, sample);
    },
  },
  direction: {
    says: ({ mark }) => (mark.is === 'arrow' ? `${mark.type} ${mark.direction}` : mark.glyph),
    paint: (pen, { mark }, { arrows, states, directions }) => {
      if (mark.is === 'state') pen.state(states.get(mark.glyph));
      else pen.arrow(arrows[mark.type], mark.direction === 'to-client', directions[mark.direction]);
    },
  },
  source: addressPainter('source'),
  destination: addressPainter('destination'),
  protocol: {
    says: ({ protocol }) => protocol,
    paint: (pen, { protocol }, sample) => pen.text(protocol, sample.protocol),
  },
  length: {
    says: ({ length }) => length,
    paint: (pen, { length }, sample) => pen.textBefore(length, sample.length),
  },
  info: {
    says: ({ info, protocol }) => JSON.stringify([info, protocol]),
    paint: paintInfo,
  },
};

/** In their order: what a cell has no room for is covered by the next one. */
export const cellPainters = columnIds.map((column) => ({ column, ...painters[column] }));

/** A host gives up its end for the port. */
function addressPainter(which: 'source' | 'destination'): CellPainter {
  return {
    says: (cells) => Object.values(cells[which] ?? {}).join(' '),
    paint: (pen, cells, sample) => {
      const { host, port } = addressText(cells[which]);
      const { host: hostPart, port: portPart } = sample[which];
      const end = sample.columns[which]?.inner ?? 0;
      if (portPart === null) return;
      const left = hostPart?.left ?? portPart.left;
      const hostEnd = end - pen.width(port, portPart);
      const to = pen.textWithin(host, hostPart, left, hostEnd) ?? hostEnd;
      pen.text(port, { ...portPart, left: to });
    },
  };
}

function paintInfo(pen: Pen, { info, protocol }: EventCells, sample: Sample): void {
  const end = sample.columns.info?.inner ?? 0;
  const words = (text: string, part: Sample['life']) => pen.textWithin(cut(text), part, part?.left ?? 0, end);
  if (info.is === 'life') words(info.text, sample.life);
  // A failure is drawn by the elements.
  if (info.is === 'life' || info.is === 'failure') return;
  pen.text(info.verb, sample.verb);
  if (info.is === 'message') return void words(info.text, sample.message);
  if (info.empty) return void words(nothingText(protocol), sample.nothing);
  let left = sample.bytes?.left ?? null;
  for (const { text, escaped } of info.runs) {
    if (left !== null) left = pen.textWithin(text, escaped ? sample.control : sample.bytes, left, end);
  }
}
