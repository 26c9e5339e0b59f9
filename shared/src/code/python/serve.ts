/** Servers: a loop that accepts clients, and what is done with each; a loop that answers datagrams. */
import type { Role, StepOf } from '../plan.ts';
import { isOnce } from '../plan/served.ts';
import { answerOf } from './answers.ts';
import type { Paper } from './paper.ts';
import type { Piece, Service } from './service.ts';
import { serviceOf } from './services.ts';
import type { Writer } from './writer.ts';

type Serve = StepOf<'serve'>;

export function writeServe(writer: Writer, step: Serve): void {
  const service = serviceOf(step.behaviour, step.ask);
  writer.uses(...service.imports);
  writeFunctions(writer, service);
  if (step.together || service.isRoom) writeThreads(writer, step, service);
  else if (step.clients <= 1) writeOne(writer.main, accepting(writer, step), step, service);
  else
    writer.main.block(rounds(step), [], () => writeOne(writer.main, accepting(writer, step), step, service));
}

function writeFunctions({ functions }: Writer, service: Service): void {
  for (const text of service.functions)
    if (text === '') functions.blank();
    else functions.line(text);
}

/** For ever while it listens; as often as it was when that is over. */
const rounds = ({ isOver, clients }: Serve): string =>
  isOver ? `for _ in range(${clients}):` : 'while True:';

const accepting = (writer: Writer, { on }: Serve): string => `conn, peer = ${writer.name(on)}.accept()`;

function writeOne(paper: Paper, accept: string, step: Serve, service: Service): void {
  paper.line(accept, step.roles.accepted);
  writeClient(paper, step, service);
}

/** A thread for each client, so that none waits for another. */
function writeThreads(writer: Writer, step: Serve, service: Service): void {
  const { functions, main } = writer;
  writer.uses('import threading');
  if (functions.lines.length > 0) {
    functions.blank();
    functions.blank();
  }
  functions.block('def serve(conn, peer):', [], () => writeClient(functions, step, service));
  main.block(rounds(step), [], () => {
    main.line(accepting(writer, step), step.roles.accepted);
    main.line('threading.Thread(target=serve, args=(conn, peer)).start()');
  });
}

/** What is done with one client. One that is reset must not end the server. */
function writeClient(paper: Paper, step: Serve, service: Service): void {
  const { roles, clients, behaviour } = step;
  const mayReset = clients > 1 || behaviour.name === 'chargen' || service.isRoom;
  const isReset = roles.reset.length > 0 && behaviour.name !== 'reset';
  const body = () => {
    for (const one of service.body) paper.line(one.text, seqsOf(one, roles));
  };
  paper.block('with conn:', step.seqs, () => {
    if (!mayReset && !isReset) return body();
    paper.block('try:', [], body);
    paper.block('except ConnectionError as error:', isReset ? roles.reset : [], () =>
      paper.line('print(peer, error)'),
    );
  });
  const left = [...(service.ends ? [] : roles.finished), ...roles.closed].sort((a, b) => a - b);
  if (left.length > 0) paper.comment('leaving "with" closes conn', left);
}

const seqsOf = ({ of }: Piece, roles: Readonly<Record<Role, readonly number[]>>): readonly number[] =>
  of.flatMap((role) => roles[role]).sort((a, b) => a - b);

/** The most a datagram can be: what does not fit is cut off and lost (recv(2)). */
const anyDatagram = 65_535;

export function writeAnswer(writer: Writer, step: StepOf<'answer'>): void {
  const { main } = writer;
  const { imports, first, before, answer, counts } = answerOf(step.behaviour);
  writer.uses(...imports);
  const sock = writer.name(step.on);
  for (const line of first) main.line(line);
  const round = () => {
    main.line(`data, sender = ${sock}.recvfrom(${anyDatagram})`, step.received);
    for (const line of before) main.line(line);
    if (answer !== null) main.line(`${sock}.sendto(${answer}, sender)`, step.sent);
  };
  if (isOnce(step.behaviour)) return round();
  if (counts && !step.isOver) writer.uses('import itertools');
  main.block(datagramRounds(step, counts), step.seqs, round);
}

function datagramRounds({ isOver, datagrams }: StepOf<'answer'>, counts: boolean): string {
  const variable = counts ? 'number' : '_';
  if (isOver) return `for ${variable} in range(${datagrams}):`;
  return counts ? `for ${variable} in itertools.count():` : 'while True:';
}
