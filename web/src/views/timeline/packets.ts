/** Captured packets, as arrows between the lanes of their conversation. They were seen once, on their way: nothing sinks. */
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { tcpFlagNames, tcpFlags } from '@socket-playground/shared/events/tcp-flags.ts';
import type { EventRow } from '../../store/rows/rows.ts';
import { goesToServer, lifeOf } from './conversations.ts';
import type { Said } from './labels.ts';
import { outsideLane, socketLane } from './lanes.ts';
import { measures } from './limits.ts';
import type { Arrow } from './shapes.ts';
import type { Sheet } from './sheet.ts';
import { dataWords, markWords } from './words.ts';

type Segment = EventOf<'segment'>;

export function packet(sheet: Sheet, row: EventRow, segment: Segment, position: number, y: number): void {
  const number = lifeOf(segment);
  if (number === null) {
    sheet.words.beside(measures.ruler, y, 1, { text: markWords(segment), tone: 'word' });
    return;
  }
  const life = sheet.scene.ladder.lives.get(number);
  const [client, server] = [sheet.x(outsideLane(number, '')), sheet.x(socketLane(number))];
  if (life === undefined || client === null || server === null) return;
  const toServer = goesToServer(segment, life);
  const [from, to] = toServer ? [client, server] : [server, client];
  const kind = kindOf(segment);
  const tone = kind === 'reset' ? 'trouble' : kind !== 'data' ? 'quiet' : toServer ? 'go' : 'back';
  const [start, end] = [
    { x: from, y },
    { x: to, y },
  ];
  sheet.arrows.push({
    ...{ from: start, to: end, tone, kind, ends: 'arrives', unseen: 'none', hasTail: kind === 'data' },
    positions: [position],
  });
  sheet.words.onLine(start, end, (most) => saidOf(row, segment, most, tone), isBare(segment));
}

/** By what it is there for: an acknowledgement alone is as quiet as an end. */
function kindOf({ size, tcp }: Segment): Arrow['kind'] {
  const flags = tcp?.flags ?? 0;
  if ((flags & tcpFlags.RST) !== 0) return 'reset';
  if (size > 0 || tcp === undefined) return 'data';
  return (flags & tcpFlags.SYN) !== 0 ? 'call' : 'end';
}

/** It only says that what came before has come. */
const isBare = ({ size, tcp }: Segment): boolean => size === 0 && tcp?.flags === tcpFlags.ACK;

function saidOf(row: EventRow, { size, tcp }: Segment, most: number, tone: Said['tone']): Said {
  if (size > 0) return { text: dataWords(row, most), size: String(size), tone, isBytes: true };
  const flags = tcp === undefined ? '(empty)' : tcpFlagNames(tcp.flags).join(', ');
  return { text: flags, tone: tone === 'trouble' ? tone : 'word', isStrong: tone === 'trouble' };
}
