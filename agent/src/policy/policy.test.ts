import { describe, expect, it } from 'vitest';
import type { AllowRule } from './allow.ts';
import { parseAllow } from './allow.ts';
import { Policy } from './policy.ts';
import type { PolicyOptions } from './policy.ts';
import { TargetRate } from './target-rate.ts';

const ownPort = 7654;
const otherPort = 80;
const ownAddress = '192.168.7.20';
const ownAddress6 = 'fd00::20';

function rules(...texts: string[]): AllowRule[] {
  return texts.map((text) => {
    const rule = parseAllow(text);
    if (rule === null) throw new Error(`no rule: ${text}`);
    return rule;
  });
}

function policyWith(options: Partial<PolicyOptions> = {}): Policy {
  const policy = new Policy({
    allow: [],
    expose: false,
    localAddresses: () => ['127.0.0.1', '::1', ownAddress, ownAddress6],
    rate: new TargetRate({ most: 1_000, seconds: 10, now: () => 0 }),
    ...options,
  });
  policy.reservePort(ownPort);
  return policy;
}

const everything = { allow: rules('0.0.0.0/0', '::/0'), expose: true };
const stream = { socketType: 'stream', local: null } as const;
const dgram = { socketType: 'dgram', local: null } as const;

const here = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '::1',
  '::',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:7f00:1',
  '::ffff:0.0.0.0',
  '::1%lo',
];
/** They carry a loopback address, and a gateway would read it; no kernel keeps them here. */
const carriers = ['::127.0.0.1', '::7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '::ffff:0:7f00:1'];
const neverAllowed = [
  '169.254.1.1',
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%lo',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::',
  '::169.254.169.254',
];
const elsewhere = [
  '198.51.100.1',
  '10.0.0.1',
  '0.0.0.1',
  '::ffff:0.1.2.3',
  ownAddress,
  '2001:db8::1',
  ownAddress6,
  '::ffff:10.0.0.1',
  '8.8.8.8',
];

const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

describe('targets', () => {
  it.each(here)('%s is this computer: allowed, except for the port of the agent itself', (host) => {
    expect(policyWith().target({ host, port: otherPort }, stream)).toBeNull();
    expect(policyWith(everything).target({ host, port: ownPort }, stream)).toEqual(refusal('policy-self'));
    expect(policyWith().target({ host, port: ownPort }, dgram)).toBeNull();
  });

  it.each(carriers)('%s does not stay here: refused, and the port of the agent also when allowed', (host) => {
    expect(policyWith().target({ host, port: otherPort }, stream)).toEqual(refusal('policy-target'));
    expect(policyWith().target({ host, port: otherPort }, dgram)).toEqual(refusal('policy-target'));
    expect(policyWith(everything).target({ host, port: ownPort }, stream)).toEqual(refusal('policy-self'));
  });

  it.each([ownAddress, ownAddress6, `::ffff:${ownAddress}`, '64:ff9b::c0a8:714'])(
    '%s is an address of this computer: its agent is out of bounds there too',
    (host) => {
      expect(policyWith(everything).target({ host, port: ownPort }, stream)).toEqual(refusal('policy-self'));
      expect(policyWith(everything).target({ host, port: otherPort }, stream)).toBeNull();
    },
  );

  it.each(neverAllowed)('%s is never allowed, whatever --allow says', (host) => {
    for (const asking of [stream, dgram]) {
      const refused = policyWith(everything).target({ host, port: otherPort }, asking);
      expect(refused).toEqual(refusal('policy-target'));
    }
  });

  it.each(elsewhere)('%s is another computer: allowed only by a rule', (host) => {
    expect(policyWith().target({ host, port: otherPort }, stream)).toEqual(refusal('policy-target'));
    expect(policyWith({ expose: true }).target({ host, port: otherPort }, stream)).toEqual(
      refusal('policy-target'),
    );
    expect(policyWith(everything).target({ host, port: otherPort }, stream)).toBeNull();
  });

  it.each(['localhost', '', '127.0.0.1.', 'one.example', '[::1]', '1.2.3.4.5'])(
    '%j is no numeric address: refused, not resolved a second time',
    (host) => {
      expect(policyWith(everything).target({ host, port: otherPort }, stream)).toEqual(
        refusal('policy-target'),
      );
    },
  );

  it.each([
    { host: '192.168.1.5', port: 80, allowed: true },
    { host: '::ffff:192.168.1.5', port: 80, allowed: true },
    { host: '192.168.1.5', port: 81, allowed: false },
    { host: '192.168.2.5', port: 80, allowed: false },
    { host: 'fd12::1', port: 9_999, allowed: true },
    { host: 'fe12::1', port: 9_999, allowed: false },
    { host: '64:ff9b::c0a8:105', port: 80, allowed: false },
  ])('$host port $port under 192.168.1.0/24:80 and fd00::/8: $allowed', ({ host, port, allowed }) => {
    const policy = policyWith({ allow: rules('192.168.1.0/24:80', 'fd00::/8') });
    expect(policy.target({ host, port }, stream) === null).toBe(allowed);
  });

  it.each([
    { host: '239.1.2.3', local: '127.0.0.1', allowed: true },
    { host: 'ff02::1234', local: '::1', allowed: true },
    { host: 'ff02::1234%eth0', local: '::1', allowed: false },
    { host: '239.1.2.3', local: '0.0.0.0', allowed: false },
    { host: '239.1.2.3', local: ownAddress, allowed: false },
    { host: '239.1.2.3', local: null, allowed: false },
    { host: '255.255.255.255', local: '127.0.0.1', allowed: false },
  ])('multicast to $host from $local: $allowed', ({ host, local, allowed }) => {
    const asking = { socketType: 'dgram', local: local === null ? null : { host: local, port: 1 } } as const;
    expect(policyWith().target({ host, port: otherPort }, asking) === null).toBe(allowed);
  });
});

describe('listening', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('%s is for this computer alone', (host) => {
    expect(policyWith().listen({ host, port: 0 }, 'stream')).toBeNull();
    expect(policyWith().listen({ host, port: 0 }, 'dgram')).toBeNull();
  });

  it.each(['0.0.0.0', '::', ownAddress, ownAddress6, '239.1.2.3', '64:ff9b::7f00:1', 'nonsense'])(
    '%s would let others in: it needs --expose',
    (host) => {
      expect(policyWith().listen({ host, port: 0 }, 'stream')).toEqual(refusal('policy-listen'));
      expect(policyWith().listen({ host, port: 0 }, 'dgram')).toEqual(refusal('policy-listen'));
      expect(policyWith({ expose: true }).listen({ host, port: 0 }, 'stream')).toBeNull();
    },
  );

  it.each(['127.0.0.1', '::1', '0.0.0.0', '::', ownAddress])(
    'the TCP port of the agent is reserved on %s, its UDP port is free',
    (host) => {
      expect(policyWith(everything).listen({ host, port: ownPort }, 'stream')).toEqual(
        refusal('policy-self'),
      );
      expect(policyWith(everything).listen({ host, port: ownPort }, 'dgram')).toBeNull();
    },
  );
});

describe('joining a group', () => {
  it.each([
    { on: '127.0.0.1', allowed: true },
    { on: '::1', allowed: true },
    { on: undefined, allowed: false },
    { on: ownAddress, allowed: false },
    { on: '0.0.0.0', allowed: false },
    { on: '::', allowed: false },
    { on: '::%eth0', allowed: false },
    { on: '::1%eth0', allowed: false },
    { on: '64:ff9b::7f00:1', allowed: false },
    { on: 'lo', allowed: false },
  ])('on $on without --expose: $allowed', ({ on, allowed }) => {
    expect(policyWith().join('239.1.2.3', on) === null).toBe(allowed);
    expect(policyWith({ expose: true }).join('239.1.2.3', on)).toBeNull();
  });
});

describe('the rate of new targets', () => {
  const seconds = 1e9;
  function rated() {
    const clock = { now: 0 };
    const rate = new TargetRate({ most: 3, seconds: 10, now: () => clock.now });
    return { clock, rate, admits: (port: number) => rate.admit({ host: '127.0.0.1', port }) === null };
  }

  it('lets a few in, refuses the next, and goes on with the known ones', () => {
    const { rate, admits } = rated();
    expect([1, 2, 3].map(admits)).toEqual([true, true, true]);
    expect(rate.admit({ host: '127.0.0.1', port: 4 })).toMatchObject({ code: 'policy-rate' });
    expect([1, 2, 3, 1].map(admits)).toEqual([true, true, true, true]);
  });

  it('begins anew with the next window', () => {
    const { clock, admits } = rated();
    expect([1, 2, 3, 4].map(admits)).toEqual([true, true, true, false]);
    clock.now = 11 * seconds;
    expect([4, 5, 6, 7].map(admits)).toEqual([true, true, true, false]);
  });
});
