import { describe, expect, it } from 'vitest';
import { at, Scene } from '../scene.ts';
import { behavioursFor, factsOf, failuresOf, optionRows, reportedOptions, settingOf } from './details.ts';

const namesOn = (scene: Scene) => optionRows(scene.of(1), new Map()).map(({ name }) => name);

describe('options', () => {
  it('are those that mean something on the socket', () => {
    expect(namesOn(new Scene().client(1, 5, 80))).toEqual(['noDelay', 'keepAlive', 'readSize']);
    expect(namesOn(new Scene().listener(1, 80))).toEqual(['noDelay', 'keepAlive']);
    expect(namesOn(new Scene().datagram(1, 9999))).toEqual([
      'broadcast',
      'ttl',
      'receiveBuffer',
      'addMembership',
      'dropMembership',
    ]);
    expect(namesOn(new Scene().client(1, 5, 80).happens(1, { type: 'closed' }))).toEqual([]);
  });

  it('have the names that the socket’s own family has for them', () => {
    const of4 = new Scene().datagram(1, 9999).of(1);
    const callsOf = (family: 'inet' | 'inet6') =>
      optionRows({ ...of4, family }, new Map()).map(({ call, example }) => [call, example].join(' ').trim());
    expect(callsOf('inet')).toEqual([
      'SO_BROADCAST',
      'IP_TTL',
      'SO_RCVBUF',
      'IP_ADD_MEMBERSHIP 239.1.2.3',
      'IP_DROP_MEMBERSHIP 239.1.2.3',
    ]);
    expect(callsOf('inet6')).toEqual([
      'SO_BROADCAST',
      'IPV6_UNICAST_HOPS',
      'SO_RCVBUF',
      'IPV6_JOIN_GROUP ff02::1',
      'IPV6_LEAVE_GROUP ff02::1',
    ]);
  });

  it('show what the kernel made of them', () => {
    const scene = new Scene().datagram(1, 9999).happens(
      1,
      { type: 'option-set', option: 'receiveBuffer', value: 8192 },
      { type: 'option-set', option: 'receiveBuffer', value: 425_984 },
      {
        type: 'option-set',
        option: 'addMembership',
        value: { group: '239.1.2.3', interface: '127.0.0.1' },
      },
      { type: 'option-set', option: 'addMembership', value: { group: '239.1.2.4' } },
      { type: 'option-set', option: 'dropMembership', value: { group: '239.1.2.4' } },
    );
    const { last, groups } = reportedOptions(scene.eventsOf(1));
    const row = optionRows(scene.of(1), last).find(({ name }) => name === 'receiveBuffer');
    expect(row?.reported).toBe('425,984');
    expect(groups).toEqual(['239.1.2.3 on 127.0.0.1']);
  });

  it('become commands, or say what is wrong', () => {
    const rows = new Map(
      optionRows(new Scene().datagram(1, 9999).of(1), new Map()).map((row) => [row.name, row]),
    );
    const set = (name: 'broadcast' | 'ttl' | 'addMembership', entry: string | boolean) => {
      const row = rows.get(name);
      return row && settingOf(1, row, entry);
    };
    expect(set('broadcast', true)).toMatchObject({ ok: true, command: { option: 'broadcast', value: true } });
    expect(set('ttl', '3')).toMatchObject({ ok: true, command: { option: 'ttl', value: 3 } });
    expect(set('ttl', '256')).toEqual({ ok: false, wrong: 'A whole number from 1 to 255.' });
    expect(set('addMembership', '239.1.2.3 on 127.0.0.1')).toMatchObject({
      command: { value: { group: '239.1.2.3', interface: '127.0.0.1' } },
    });
    expect(set('addMembership', ' ')).toEqual({
      ok: false,
      wrong: 'An address of a group, such as 239.1.2.3, alone or with “on” and the address of an interface.',
    });
  });
});

describe('facts', () => {
  it('follow the life of the socket', () => {
    const scene = new Scene()
      .client(1, 5, 80)
      .says(1, 'sent', 'abc')
      .happens(1, { type: 'ended', by: 'local' });
    expect(Object.fromEntries(factsOf(scene.of(1)).map(({ name, value }) => [name, value]))).toEqual({
      Kind: 'TCP over IPv4',
      Opened: '0.001000 s',
      Ended: 'FIN sent',
      Sent: '3 bytes in 1 write',
      Received: '0 bytes in 0 chunks',
    });
  });

  it('are exact, however much was moved', () => {
    const big = { ...new Scene().client(1, 5, 80).of(1), bytesReceived: 1_088_890, eventsReceived: 100_000 };
    expect(factsOf(big).find(({ name }) => name === 'Received')?.value).toBe(
      '1,088,890 bytes in 100,000 chunks',
    );
    const told = new Scene().datagram(2, 9000).says(2, 'sent', 'hey', at(9001)).of(2);
    expect(factsOf(told).find(({ name }) => name === 'Sent')?.value).toBe('3 bytes in 1 datagram');
  });

  it('keep the newest failures', () => {
    expect(failuresOf(new Scene().refused(1, 9000).eventsOf(1))).toMatchObject([{ code: 'ECONNREFUSED' }]);
  });

  it('name only behaviours that serve the protocol', () => {
    expect(behavioursFor(new Scene().datagram(1, 9).of(1))).not.toContain('chat');
    expect(behavioursFor(new Scene().client(1, 5, 80).of(1))).toContain('chat');
  });
});
