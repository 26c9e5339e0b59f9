/** One step after the other, as Python calls. */
import { unreachable } from '../../unreachable.ts';
import type { Failure, Now, Step, StepOf } from '../plan.ts';
import { exceptionOf } from './errors.ts';
import { writeOption } from './options.ts';
import { writeAnswer, writeServe } from './serve.ts';
import { quoted } from './text.ts';
import { writeReceive, writeReceiveFrom, writeSend, writeSendTo } from './transfers.ts';
import { remark, tuple } from './writer.ts';
import type { Writer } from './writer.ts';

export function writeStep(writer: Writer, step: Step): void {
  const { main } = writer;
  const name = writer.name(step.on);
  switch (step.is) {
    case 'socket':
      return writeSocket(writer, step);
    case 'dial':
      return writeDial(writer, step);
    case 'timeout':
      return step.seconds === null ? undefined : main.line(`${name}.settimeout(${step.seconds})`, step.seqs);
    case 'option':
      return step.option === 'readSize' ? undefined : writeOption(writer, step);
    case 'reuse':
      return main.line(`${name}.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`, step.seqs);
    case 'bind':
      return writeBind(writer, step);
    case 'listen':
      return writeListen(writer, step);
    case 'resolve':
      return attempt(writer, `found = ${lookUp(step)}`, step);
    case 'connect':
      return writeConnect(writer, step);
    case 'accept':
      return writeAccept(writer, step);
    case 'send':
      return writeSend(writer, step);
    case 'sendto':
      return writeSendTo(writer, step);
    case 'receive':
      return writeReceive(writer, step);
    case 'recvfrom':
      return writeReceiveFrom(writer, step);
    case 'trouble':
      return attempt(writer, `print(${name}.recv(${step.ask}))`, step);
    case 'shutdown':
      return main.line(`${name}.shutdown(socket.SHUT_WR)`, step.seqs);
    case 'reset':
      return writeReset(writer, step);
    case 'close':
      return main.line(`${name}.close()`, step.seqs);
    case 'leave':
      return writeLeave(writer, step);
    case 'note':
      return main.comment(step.text, step.seqs, step.span);
    case 'next':
      return writeNext(writer, step);
    case 'serve':
      return writeServe(writer, step);
    case 'answer':
      return writeAnswer(writer, step);
    default:
      return unreachable(step);
  }
}

const families = { inet: 'socket.AF_INET', inet6: 'socket.AF_INET6' } as const;
const types = { stream: 'socket.SOCK_STREAM', dgram: 'socket.SOCK_DGRAM' } as const;

/** A call, or the same between `try` and the exception that it raises. */
function attempt(
  { main }: Writer,
  call: string,
  { seqs, fails }: { readonly seqs: readonly number[]; readonly fails: Failure | null },
): void {
  if (fails === null) return main.line(call, seqs);
  main.block('try:', [], () => main.line(call, seqs));
  main.block(`except ${exceptionOf(fails.code)} as error:${remark(fails.code)}`, fails.seqs, () =>
    main.line('print(error)'),
  );
}

function writeSocket(writer: Writer, { on, family, socketType, seqs }: StepOf<'socket'>): void {
  if (socketType === 'dgram') writer.datagrams.add(on);
  writer.live(on, `socket.socket(${families[family]}, ${types[socketType]})`, seqs);
}

function writeDial(writer: Writer, step: StepOf<'dial'>): void {
  const timeout = step.timeoutS === null ? '' : `, timeout=${step.timeoutS}`;
  const call = `socket.create_connection(server${timeout})`;
  writer.main.line(`server = ${tuple(step.to)}`);
  if (step.fails === null) writer.live(step.on, call, step.seqs);
  else attempt(writer, call, step);
}

function writeBind(writer: Writer, step: StepOf<'bind'>): void {
  const name = writer.name(step.on);
  const was = step.was === null ? '' : remark(`any free port; it was ${step.was}`);
  attempt(writer, `${name}.bind(${tuple(step.at)})${was}`, step);
  if (writer.datagrams.has(step.on) && step.fails === null) writeWhere(writer, step.on, 'bound to');
}

function writeListen(writer: Writer, step: StepOf<'listen'>): void {
  attempt(writer, `${writer.name(step.on)}.listen(${step.backlog})`, step);
  if (step.fails === null) writeWhere(writer, step.on, 'listening on');
}

/** Whoever runs a server wants to know when it is there, also through a pipe. */
const writeWhere = (writer: Writer, socket: number, words: string): void =>
  writer.main.line(`print("${words}", ${writer.name(socket)}.getsockname(), flush=True)`);

function lookUp({ host, port, family, socketType }: StepOf<'resolve'>): string {
  return `socket.getaddrinfo(${quoted(host)}, ${port === 0 ? 'None' : port}, ${families[family]}, ${types[socketType]})`;
}

function writeConnect(writer: Writer, step: StepOf<'connect'>): void {
  const to = step.found === null ? tuple(step.to) : `found[${step.found}][4]`;
  const said = step.found === null ? '' : remark(tuple(step.to));
  attempt(writer, `${writer.name(step.on)}.connect(${to})${said}`, step);
}

function writeAccept(writer: Writer, { on, listener, seqs }: StepOf<'accept'>): void {
  const name = writer.name(on);
  writer.main.line(`${name}, ${name.replace('conn', 'peer')} = ${writer.name(listener)}.accept()`, seqs);
  if (writer.plan.blocks.has(on)) writer.live(on, name, []);
}

function writeReset(writer: Writer, { on, seqs }: StepOf<'reset'>): void {
  writer.uses('import struct');
  const name = writer.name(on);
  writer.main.line(`${name}.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))`, seqs);
  writer.main.line(`${name}.close()${remark('with RST: what is under way is lost')}`, seqs);
}

function writeLeave(writer: Writer, { on, why, seqs }: StepOf<'leave'>): void {
  writer.leave(on);
  const says = {
    closed: `leaving "with" closes ${writer.name(on)}`,
    again: 'a failed connect spoils a socket: a new one takes its place',
  };
  writer.main.comment(says[why], seqs);
}

/** What could be called now, on a variable of this name. */
const nextCalls: Readonly<Record<Now, readonly [why: string, call: (name: string) => string]>> = {
  opened: ['connect it to a server', (name) => `${name}.connect(("127.0.0.1", 8888))`],
  bound: ['wait for clients', (name) => `${name}.listen()`],
  listening: ['take the first client', (name) => `conn, peer = ${name}.accept()`],
  connected: ['end the stream', (name) => `${name}.shutdown(socket.SHUT_WR)`],
  'ended-here': ['read until the other side ends too', (name) => `${name}.recv(65536)`],
  'ended-there': ['end this side too', (name) => `${name}.close()`],
};

function writeNext(writer: Writer, { on, now }: StepOf<'next'>): void {
  if (writer.datagrams.has(on)) return;
  const [why, call] = nextCalls[now];
  writer.main.comment(`next: ${why}`);
  writer.main.comment(call(writer.name(on)));
}
