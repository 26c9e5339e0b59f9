import { describe, expect, it } from 'vitest';
import { defaultBacklog } from '@socket-playground/shared/commands/defaults.ts';
import { behaviours } from '@socket-playground/shared/behaviours/index.ts';
import {
  behaviourChoices,
  behaviourOptions,
  formFields,
  groupNeed,
  newForm,
  readForm,
  withProtocol,
} from './model.ts';
import type { Form } from './model.ts';

const server = (entries: Record<string, string> = {}, more: Partial<Form> = {}): Form => {
  const form = newForm('server');
  return { ...form, ...more, entries: { ...form.entries, ...entries } };
};

const wrongOf = (form: Form) => {
  const reading = readForm(form);
  return reading.ok ? [] : [...reading.wrong.keys()];
};

describe('New server', () => {
  it('begins as an echo server on 127.0.0.1 port 8888', () => {
    expect(readForm(server())).toEqual({
      ok: true,
      command: {
        type: 'serve',
        socketType: 'stream',
        host: '127.0.0.1',
        port: 8888,
        backlog: defaultBacklog,
        behaviour: { name: 'echo' },
      },
    });
  });

  it('leaves out what is left empty', () => {
    const reading = readForm(server({ backlog: '', label: '', family: '' }));
    expect(reading.ok && Object.keys(reading.command).sort()).toEqual([
      'behaviour',
      'host',
      'port',
      'socketType',
      'type',
    ]);
  });

  it.each([
    [{ host: '' }, 'host'],
    [{ host: 'http://localhost/' }, 'host'],
    [{ host: 'two words' }, 'host'],
    [{ port: '99999' }, 'port'],
    [{ port: 'http' }, 'port'],
    [{ backlog: '-1' }, 'backlog'],
    [{ label: 'x'.repeat(81) }, 'label'],
  ])('points at the wrong field of %j', (entries, field) => {
    expect(wrongOf(server(entries))).toEqual([field]);
  });

  it('carries the options of the behaviour that is chosen, and only those', () => {
    const form = server({}, { behaviour: 'ok', options: { once: true, other: 'x' } });
    expect(readForm(form)).toMatchObject({ command: { behaviour: { name: 'ok', once: true } } });
    expect(readForm({ ...form, behaviour: 'chat' })).toMatchObject({
      command: { behaviour: { name: 'chat' } },
    });
  });

  it('draws options from the schema of the behaviour', () => {
    expect(behaviourOptions('echo')).toMatchObject([
      { name: 'once', shape: { kind: 'flag' }, label: 'answer once, then close' },
    ]);
    expect(behaviourOptions('chat')).toEqual([]);
  });

  it('offers every behaviour in the order of the registry, and says which need another protocol', () => {
    expect(behaviourChoices('stream').map(({ name }) => name)).toEqual(Object.keys(behaviours));
    const refused = behaviourChoices('dgram').filter((choice) => choice.refused !== null);
    expect(refused.map(({ name }) => name)).toContain('chat');
    expect(refused[0]?.refused).toBe('only over TCP');
  });

  it('changes to a behaviour that serves the protocol, and keeps one that does', () => {
    expect(withProtocol(server({}, { behaviour: 'chat' }), 'dgram').behaviour).toBe('echo');
    expect(withProtocol(server({}, { behaviour: 'upper' }), 'dgram').behaviour).toBe('upper');
  });

  it('accepts by itself unless told otherwise', () => {
    expect(formFields(server()).find(({ name }) => name === 'accept')).toMatchObject({ absent: 'auto' });
    expect(readForm(server({ accept: '' }))).not.toHaveProperty('command.accept');
    expect(readForm(server({ accept: 'manual' }))).toMatchObject({ command: { accept: 'manual' } });
  });

  it('has no backlog for datagrams, and nothing to accept', () => {
    const form = withProtocol(server(), 'dgram');
    const names = formFields(form).map(({ name }) => name);
    expect(['backlog', 'accept'].filter((name) => names.includes(name))).toEqual([]);
    expect(readForm(form)).toMatchObject({ ok: true, command: { socketType: 'dgram', port: 8888 } });
  });

  it('knows a multicast group from another address', () => {
    const joining = (group: string) =>
      withProtocol(server({}, { extras: { broadcast: false, group, joinOn: '127.0.0.1' } }), 'dgram');
    expect(wrongOf(joining('10.0.0.1'))).toEqual(['group']);
    expect(wrongOf(joining('239.1.2.3'))).toEqual([]);
    expect(wrongOf(joining('ff15::1'))).toEqual([]);
  });

  it.each([
    ['127.0.0.1', '', false, null],
    ['127.0.0.1', '239.1.2.3', true, '0.0.0.0'],
    ['::1', 'ff15::1', true, '::'],
  ])('at %s, for group “%s”, exposed %s: hears it at %s', (host, group, expose, better) => {
    const need = groupNeed(server({ host }, { extras: { broadcast: false, group, joinOn: '' } }), expose);
    expect(need?.host).toBe(better);
    expect(need?.says.includes('--expose')).toBe(!expose);
  });

  it.each(['0.0.0.0', '::', '239.1.2.3'])('at %s hears groups as it is', (host) => {
    expect(groupNeed(server({ host }), false)).toBeNull();
  });
});

describe('New client', () => {
  it('needs a port that somebody can listen on', () => {
    const form = newForm('client');
    expect(wrongOf({ ...form, entries: { ...form.entries, port: '0' } })).toEqual(['port']);
    expect(readForm(form)).toEqual({
      ok: true,
      command: { type: 'dial', socketType: 'stream', host: '127.0.0.1', port: 8888 },
    });
  });

  it('takes a timeout and a read size', () => {
    const form = newForm('client');
    const entries = { ...form.entries, timeout: '500', readSize: '10' };
    expect(readForm({ ...form, entries })).toMatchObject({ command: { timeout: 500, readSize: 10 } });
  });
});
