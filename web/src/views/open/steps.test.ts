import { describe, expect, it } from 'vitest';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { defaultBacklog } from '@socket-playground/shared/commands/defaults.ts';
import { formFields, newForm, readForm } from './model.ts';
import { callsOf, open, stoppedCall } from './steps.ts';

const none = { broadcast: false, group: '', joinOn: '' };
const serve = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 8888 } as const;
const dial = { type: 'dial', socketType: 'stream', host: 'localhost', port: 8888 } as const;
const datagrams = {
  type: 'serve',
  socketType: 'dgram',
  host: '127.0.0.1',
  port: 9999,
  behaviour: { name: 'echo' },
} as const;
const problem = (code: string) => ({ code, message: '', hint: '' });
const texts = (...given: Parameters<typeof callsOf>) => callsOf(...given).map(({ text }) => text);

describe('the calls a form will make', () => {
  it('are those of a server', () => {
    expect(texts(serve, none, null)).toEqual([
      'socket(AF_INET, SOCK_STREAM)',
      'bind("127.0.0.1", 8888)',
      `listen(${defaultBacklog})`,
    ]);
  });

  it('resolve a name first and use what it resolved to', () => {
    expect(texts(dial, none, '::1')).toEqual([
      'getaddrinfo("localhost")',
      'socket(AF_INET6, SOCK_STREAM)',
      'connect("::1", 8888)',
    ]);
  });

  it('set options before bind', () => {
    expect(texts(datagrams, { broadcast: true, group: '239.1.2.3', joinOn: '127.0.0.1' }, null)).toEqual([
      'socket(AF_INET, SOCK_DGRAM)',
      'setsockopt(SO_BROADCAST, 1)',
      'setsockopt(IP_ADD_MEMBERSHIP, "239.1.2.3", on 127.0.0.1)',
      'bind("127.0.0.1", 9999)',
    ]);
  });

  it.each([
    [serve, 'EADDRINUSE', 'bind("127.0.0.1", 8888)'],
    [serve, 'EMFILE', 'socket(AF_INET, SOCK_STREAM)'],
    [dial, 'ENOTFOUND', 'getaddrinfo("localhost")'],
    [dial, 'ECONNREFUSED', 'connect("localhost", 8888)'],
    [dial, 'policy-self', 'connect("localhost", 8888)'],
    [serve, 'constructor', `listen(${defaultBacklog})`],
  ] as const)('%# stop where they failed', (command, code, text) => {
    const steps = callsOf(command, none, null);
    expect(steps[stoppedCall(steps, problem(code), null)]?.text).toBe(text);
  });
});

/** Answers every command, and refuses the one verb it is told to. */
function agent(refuses?: Command['type']) {
  const ran: Command[] = [];
  const run = (command: Command): Promise<Outcome> => {
    ran.push(command);
    const refused: Outcome = { ok: false, problem: problem('EINVAL') };
    return Promise.resolve(command.type === refuses ? refused : { ok: true, result: { socket: 7 } });
  };
  return { ran, run, verbs: () => ran.map(({ type }) => type) };
}

describe('opening', () => {
  it('is one command where one does it', async () => {
    const { run, ran } = agent();
    expect(await open(run, serve, none, null)).toEqual({ ok: true, socket: 7 });
    expect(ran).toEqual([serve]);
  });

  it('is call by call where options come before bind', async () => {
    const { run, ran, verbs } = agent();
    const extras = { broadcast: true, group: '239.1.2.3', joinOn: '127.0.0.1' };
    expect(await open(run, datagrams, extras, null)).toEqual({ ok: true, socket: 7 });
    expect(verbs()).toEqual(['socket', 'setsockopt', 'setsockopt', 'bind', 'behave']);
    expect(ran[2]).toMatchObject({
      option: 'addMembership',
      value: { group: '239.1.2.3', interface: '127.0.0.1' },
    });
  });

  const entries = { host: '127.0.0.2', port: '4711', family: 'inet', label: 'mine', timeout: '4321' };
  it.each(['server', 'client'] as const)(
    'call by call forgets nothing that New %s asked for',
    async (kind) => {
      const form = { ...newForm(kind), socketType: 'dgram', entries } as const;
      const reading = readForm(form);
      if (!reading.ok) throw new Error([...reading.wrong].join(' '));
      const { run, ran } = agent();
      await open(run, reading.command, { ...none, broadcast: true }, null);
      const asked = formFields(form).filter(({ where }) => where !== 'elsewhere');
      const wanted = new Map<string, unknown>(Object.entries(reading.command));
      const values: unknown[] = ran.flatMap((command): unknown[] => Object.entries(command));
      expect(values).toEqual(expect.arrayContaining(asked.map(({ name }) => [name, wanted.get(name)])));
    },
  );

  it('leaves nothing half-made behind', async () => {
    const { run, verbs } = agent('bind');
    const opened = await open(run, datagrams, { ...none, broadcast: true }, null);
    expect(opened).toMatchObject({ ok: false, during: 'bind', problem: { code: 'EINVAL' } });
    expect(verbs()).toEqual(['socket', 'setsockopt', 'bind', 'close']);
  });
});
