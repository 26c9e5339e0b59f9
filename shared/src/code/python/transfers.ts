/** What is sent and received. */
import { formatAddress } from '../../events/address.ts';
import type { Address } from '../../events/address.ts';
import type { Data, StepOf } from '../plan.ts';
import type { Expression } from './bytes.ts';
import { expressionOf, quoteOf } from './bytes.ts';
import { remark, tuple } from './writer.ts';
import type { Writer } from './writer.ts';

const emptyDatagram = 'an empty datagram: a header and no bytes';

export function writeSend(writer: Writer, { on, data, seqs }: StepOf<'send'>): void {
  const isDatagram = writer.datagrams.has(on);
  const says = isDatagram && data.size === 0 ? emptyDatagram : null;
  writeCall(writer, `${writer.name(on)}.${isDatagram ? 'send' : 'sendall'}`, expressionOf(data), {
    seqs,
    says,
  });
}

export function writeSendTo(writer: Writer, { on, data, to, seqs }: StepOf<'sendto'>): void {
  const target = writer.senders.get(formatAddress(to)) ?? tuple(to);
  const says = data.size === 0 ? emptyDatagram : null;
  writeCall(writer, `${writer.name(on)}.sendto`, expressionOf(data), { seqs, says, second: target });
}

interface Around {
  readonly seqs: readonly number[];
  readonly says: string | null;
  /** The argument after the bytes. */
  readonly second?: string;
}

/** On one line where the bytes are one, else the bytes on lines of their own. */
function writeCall(
  { main }: Writer,
  call: string,
  { lines, remark: said }: Expression,
  around: Around,
): void {
  const { seqs, says, second } = around;
  const [first = 'b""', ...others] = lines;
  const behind = said === null ? (says === null ? '' : remark(says)) : `  ${said}`;
  const more = second === undefined ? '' : `, ${second}`;
  if (others.length === 0) return main.line(`${call}(${first}${more})${behind}`, seqs);
  main.line(`${call}(${behind}`, seqs);
  for (const line of lines.slice(0, -1)) main.line(`    ${line}`, seqs);
  main.line(`    ${lines.at(-1) ?? ''}${second === undefined ? '' : ','}`, seqs);
  if (second !== undefined) main.line(`    ${second},`, seqs);
  main.line(')', seqs);
}

/** What came: to one who asked an answer, to one who is asked something. */
const nameOfBytes = ({ plan }: Writer): string => (plan.role === 'server' ? 'data' : 'back');

export function writeReceive(writer: Writer, step: StepOf<'receive'>): void {
  const { how, data, seqs } = step;
  const { main } = writer;
  const sock = writer.name(step.on);
  const name = nameOfBytes(writer);
  const read = `${sock}.recv(${step.ask})`;
  if (how === 'end' && data.size === 0)
    return main.line(`print(${read})${remark("b'': the other side has ended the stream")}`, seqs);
  if (how === 'end') {
    main.line('parts = []');
    main.block(`while part := ${read}:`, seqs, () => main.line('parts.append(part)'));
    main.line(`${name} = b"".join(parts)`);
  } else if (how === 'exactly')
    main.line(`${name} = ${writer.helper('receive')}(${sock}, ${data.size})`, seqs);
  else main.line(`${name} = ${read}`, seqs);
  writePrint(writer, name, data);
}

function writePrint({ main }: Writer, name: string, data: Data): void {
  const quote = quoteOf(data);
  if (quote === null) main.line(`print(len(${name}), "bytes")${remark(`${data.size} bytes`)}`);
  else main.line(`print(${name})${remark(quote)}`);
}

/** The most a datagram can be: what does not fit is cut off and lost (recv(2)). */
const anyDatagram = 65_535;

export function writeReceiveFrom(writer: Writer, step: StepOf<'recvfrom'>): void {
  const { main } = writer;
  const name = nameOfBytes(writer);
  const sock = writer.name(step.on);
  const read = step.isConnected
    ? `${name} = ${sock}.recv(${anyDatagram})`
    : `${name}, ${senderName(writer, step.from)} = ${sock}.recvfrom(${anyDatagram})`;
  if (step.count > 1)
    return main.block(`for _ in range(${step.count}):`, step.seqs, () => {
      main.line(read, step.seqs);
      main.line(`print(len(${name}), "bytes")`);
    });
  main.line(read, step.seqs);
  writePrint(writer, name, step.data);
}

/** Each sender has a variable of its own, so that the right one is answered. */
function senderName({ senders }: Writer, from: Address): string {
  const key = formatAddress(from);
  const name = senders.get(key) ?? (senders.size === 0 ? 'sender' : `sender${senders.size + 1}`);
  senders.set(key, name);
  return name;
}
