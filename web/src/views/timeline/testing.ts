/** For tests: packets that somebody captured, and what the timeline makes of them. */
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { at, numbered } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import { Ladder } from './ladder.ts';
import { byKey, lanesOf, placed } from './lanes.ts';
import { Scale } from './scale.ts';
import type { View } from './sheet.ts';

export type Packet = Omit<EventOf<'segment'>, 'seq' | 'time'>;

const ends = (client: number) => [at(client, '10.0.0.1'), at(80, '10.0.0.2')] as const;

/** From the client's port to port 80, or back when it is `from` the server. */
export function packet(stream: number | null, client: number, from: Packet['from'], text = ''): Packet {
  const [source, destination] = from === 'server' ? ends(client).toReversed() : ends(client);
  const data = encodeUtf8(text);
  return {
    ...{ type: 'segment', socket: null, protocol: 'TCP', stream, source, destination, from },
    ...{ size: data.length, data },
  } as const;
}

/** The same packet the other way. */
export const turned = ({ source, destination, ...rest }: Packet): Packet => ({
  ...rest,
  ...{ source: destination, destination: source },
});

export function ladderOf(...packets: readonly Packet[]) {
  const { journal } = new Told().take(numbered(packets));
  journal.publish();
  const ladder = new Ladder(journal);
  ladder.update(journal);
  return { ladder, journal };
}

export const view: View = { top: 0, left: 0, width: 600, height: 200 };

/** All lanes, and each row a line of px below the one before; the first one stands at `y`. */
export function sceneOf(...packets: readonly Packet[]) {
  const { ladder, journal } = ladderOf(...packets);
  const scale = new Scale(17e6);
  for (const position of packets.keys()) scale.push(journal.timeAt(position));
  const scene = {
    ...{ journal, ladder, scale, lanes: byKey(placed(lanesOf(ladder), view.width)) },
    ...{ positionAt: (index: number) => index, firstFrom: (position: number) => position },
    time: { format: 'start', startedMs: 0 } as const,
  };
  return { scene, y: scale.placeOf(0) };
}
