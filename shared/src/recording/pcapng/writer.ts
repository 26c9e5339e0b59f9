/**
 * Events → a pcapng that every analyser opens, and that restores exactly here (`notes.ts` says how). The packets are made
 * up from what the kernel told: right in their bytes, order and times, and no more than that. Memory is bounded by the
 * sockets that are open.
 *
 * - Bytes between two sockets of ours are one packet, written when the first end tells of them; what the other end reads is
 *   an acknowledgement.
 * - Handshake, FIN and RST say that they are synthetic.
 * - A gap forgets all connections but those that are known to be open behind it.
 */
import { isTransfer } from '../../events/event.ts';
import type { EventOf, SocketEvent, Transfer } from '../../events/event.ts';
import type { SocketState } from '../../events/state.ts';
import { tcpFlags } from '../../events/tcp-flags.ts';
import type { Gap } from '../../wire/messages.ts';
import type { Origin } from '../origin.ts';
import { Connections } from './flows.ts';
import type { Flow, Side } from './flows.ts';
import { comment, interfaceBlock, optionCodes, sectionBlock } from './blocks.ts';
import { encodeUtf8 } from '../../payload/utf8.ts';
import { Datagrams } from './datagrams.ts';
import { pcapngLimits } from './limits.ts';
import { application, eventNote, formatVersion, noteOf, synthetic } from './notes.ts';
import { mostDatagramBytes, mostSegmentBytes, tcpPacket, udpPacket } from './packets.ts';
import { Paper } from './paper.ts';

type Piece = Uint8Array<ArrayBuffer>;
const { ACK, FIN, PSH, RST, SYN } = tcpFlags;
const nothing = new Uint8Array(0);

export class PcapngWriter {
  readonly start: Piece;
  readonly #paper: Paper;
  readonly #connections = new Connections();
  readonly #datagrams = new Datagrams();
  readonly #isDatagram = new Set<number>();
  readonly #peers = new Map<number, EventOf<'connected'>['remote']>();

  constructor(origin: Origin) {
    this.#paper = new Paper(origin.started);
    const section = sectionBlock([
      comment(noteOf({ type: 'session', version: formatVersion, ...origin })),
      { code: optionCodes.application, value: encodeUtf8(application) },
    ]);
    const sockets = interfaceBlock('sockets');
    this.start = new Uint8Array(section.length + sockets.length);
    this.start.set(section);
    this.start.set(sockets, section.length);
  }

  /** The blocks that can be written now. */
  write(event: SocketEvent): Piece[] {
    this.#paper.begin(event.time);
    if (isTransfer(event)) this.#transfer(event);
    else if (event.type === 'segment') this.#note(event, event.data);
    else this.#life(event, eventNote(event));
    return this.#paper.take();
  }

  /** Events are missing; `standing` are the sockets that are open behind them, when they are known. */
  gap(gap: Gap, standing: readonly SocketState[] | null): Piece[] {
    // What can be read again by itself begins behind a gap.
    this.#paper.flush();
    this.#paper.note(noteOf(gap));
    if (standing !== null) this.#paper.note(noteOf({ type: 'standing', sockets: standing }));
    this.#paper.flush();
    this.#forget();
    for (const state of standing ?? []) this.#stand(state, gap.to);
    return this.#paper.take();
  }

  /** What waited for one more packet. */
  end(): Piece[] {
    this.#paper.flush();
    return this.#paper.take();
  }

  /** An event that moved bytes, with those of them that no packet of its own will carry. */
  #note(
    event: EventOf<'sent' | 'received' | 'segment'>,
    beside: Uint8Array = nothing,
    packet?: 'own' | 'any',
  ): void {
    this.#paper.note(eventNote(event, beside.length), beside, packet);
  }

  #forget(): void {
    this.#connections.clear();
    this.#datagrams.clear();
    this.#isDatagram.clear();
    this.#peers.clear();
  }

  #stand(
    { socket, socketType, local, remote, state, bytesSent, bytesReceived }: SocketState,
    seq: number,
  ): void {
    if (socketType === 'dgram') {
      this.#isDatagram.add(socket);
      if (local !== null) this.#datagrams.bind(socket, local);
      if (remote !== null) this.#peers.set(socket, remote);
      return;
    }
    if (local === null || remote === null || (state !== 'connected' && state !== 'half-closed')) return;
    const { side } = this.#connections.open(socket, local, remote, seq);
    side.out.sent = bytesSent;
    side.in.received = bytesReceived;
    side.out.carried = Math.max(side.out.carried, bytesSent);
    side.in.carried = Math.max(side.in.carried, bytesReceived);
  }

  #life(event: Exclude<SocketEvent, Transfer>, note: string): void {
    switch (event.type) {
      case 'opened':
        if (event.socketType === 'dgram') this.#isDatagram.add(event.socket);
        return this.#paper.note(note);
      case 'bound':
        if (this.#isDatagram.has(event.socket)) this.#datagrams.bind(event.socket, event.local);
        return this.#paper.note(note);
      case 'connecting':
        if (!this.#isDatagram.has(event.socket)) this.#connections.call(event.socket, event.seq);
        return this.#paper.note(note);
      case 'connected':
      case 'accepted':
        return this.#connected(event, note);
      case 'failed':
        this.#failed(event);
        return this.#paper.note(note);
      case 'ended':
        return this.#ended(event, note);
      case 'reset':
        return this.#reset(event, note);
      case 'closed':
        this.#connections.close(event.socket);
        this.#datagrams.close(event.socket);
        this.#isDatagram.delete(event.socket);
        this.#peers.delete(event.socket);
        return this.#paper.note(note);
      default:
        return this.#paper.note(note);
    }
  }

  #connected(event: EventOf<'connected'> | EventOf<'accepted'>, note: string): void {
    const { socket, local, remote, seq } = event;
    if (this.#isDatagram.has(socket)) {
      this.#datagrams.bind(socket, local);
      this.#peers.set(socket, remote);
      return this.#paper.note(note);
    }
    const { side, isNew } = this.#connections.open(socket, local, remote, seq);
    if (!isNew) return this.#paper.note(note);
    const [caller, answerer] = event.type === 'connected' ? [side.out, side.in] : [side.in, side.out];
    this.#paper.note(note, nothing, 'own');
    this.#handshake(caller, answerer);
  }

  #handshake(caller: Flow, answerer: Flow): void {
    const [call, answer] = [caller.initial, answerer.initial];
    const packet = (flow: Flow, sequence: number, acknowledgement: number, flags: number) =>
      this.#paper.packet(tcpPacket(flow.from, flow.to, { sequence, acknowledgement, flags }, nothing), [
        synthetic,
      ]);
    packet(caller, call, 0, SYN);
    packet(answerer, answer, caller.sequenceOf(0), SYN | ACK);
    packet(caller, caller.sequenceOf(0), answerer.sequenceOf(0), ACK);
  }

  #failed({ socket, during }: EventOf<'failed'>): void {
    const side = socket === null ? undefined : this.#connections.of(socket);
    if (side !== undefined && during === 'send') side.out.isCutShort = true;
  }

  #ended({ socket, by }: EventOf<'ended'>, note: string): void {
    const side = this.#connections.of(socket);
    const flow = by === 'local' ? side?.out : side?.in;
    if (side === undefined || flow === undefined || flow.hasEnded || side.connection.isReset)
      return this.#paper.note(note);
    // The FIN comes behind the last byte, which the other end of ours has yet to tell of.
    if (by === 'local' && flow.isCutShort && flow.isReceivedHere) return this.#paper.note(note);
    this.#paper.note(note, nothing, 'own');
    this.#control(flow, by === 'local' ? side.in : side.out, FIN | ACK);
    flow.hasEnded = true;
  }

  #reset({ socket, by }: EventOf<'reset'>, note: string): void {
    const side = this.#connections.of(socket);
    if (side === undefined || side.connection.isReset) return this.#paper.note(note);
    side.connection.isReset = true;
    this.#paper.note(note, nothing, 'own');
    this.#control(by === 'local' ? side.out : side.in, by === 'local' ? side.in : side.out, RST | ACK);
  }

  /** A packet without payload that nobody saw. */
  #control(flow: Flow, back: Flow, flags: number): void {
    const header = { sequence: flow.next, acknowledgement: back.acknowledgement, flags };
    back.acknowledged = back.carried;
    this.#paper.packet(tcpPacket(flow.from, flow.to, header, nothing), [synthetic]);
  }

  #transfer(event: Transfer): void {
    const side = this.#connections.of(event.socket);
    if (side !== undefined) this.#stream(event, side);
    else this.#datagram(event);
  }

  /** Bytes that a packet carries already are kept beside the comment; the others get their packets. */
  #stream(event: Transfer, side: Side): void {
    const { type, size, data } = event;
    const flow = type === 'sent' ? side.out : side.in;
    const back = type === 'sent' ? side.in : side.out;
    const end = (type === 'sent' ? flow.sent : flow.received) + size;
    flow[type] = end;
    const fresh = Math.min(size, Math.max(0, end - flow.carried));
    if (flow.hasEnded || side.connection.isReset || end > Number.MAX_SAFE_INTEGER)
      return this.#note(event, data);
    const known = Math.min(data.length, size - fresh);
    this.#note(event, data.subarray(0, known), fresh > 0 || type === 'received' ? 'own' : 'any');
    this.#segments(flow, back, data.subarray(known), fresh);
    if (fresh === 0 && type === 'received') this.#control(back, flow, ACK);
    this.#acknowledge(flow, back);
  }

  /** `size` bytes of a flow, of which `data` are the first that are known. */
  #segments(flow: Flow, back: Flow, data: Uint8Array, size: number): void {
    for (let at = 0; at < size; at += mostSegmentBytes) {
      const length = Math.min(mostSegmentBytes, size - at);
      const flags = at + length < size ? ACK : PSH | ACK;
      const header = { sequence: flow.next, acknowledgement: back.acknowledgement, flags };
      back.acknowledged = back.carried;
      flow.carried += length;
      const payload = data.subarray(at, at + length);
      this.#paper.packet(tcpPacket(flow.from, flow.to, header, payload, length), []);
    }
  }

  /** A peer outside says nothing of what it has: long before sequence numbers come round, it is taken to have everything. */
  #acknowledge(flow: Flow, back: Flow): void {
    if (flow.carried - flow.acknowledged < pcapngLimits.unacknowledgedBytes || back.hasEnded) return;
    this.#control(back, flow, ACK);
  }

  #datagram(event: Transfer): void {
    const { socket, type, size, data, remote, captured } = event;
    const peerAddress = remote ?? this.#peers.get(socket);
    const ends = peerAddress === undefined ? null : this.#datagrams.ends(socket, peerAddress);
    if (ends === null) return this.#note(event, data);
    const { own, peer } = ends;
    const isIpv4 = own.host.length === 4 && peer.host.length === 4;
    const has = type === 'received' && this.#datagrams.wasSent(socket, own, peer, data);
    if (has || size > mostDatagramBytes[isIpv4 ? 4 : 16]) return this.#note(event, data);
    if (type === 'sent' && captured === undefined) this.#datagrams.sent(own, peer, data);
    const [from, to] = type === 'sent' ? [own, peer] : [peer, own];
    this.#note(event, nothing, 'own');
    this.#paper.packet(udpPacket(from, to, data, size), []);
  }
}
