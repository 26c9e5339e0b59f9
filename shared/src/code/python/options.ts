/** setsockopt lines (socket(7), tcp(7), ip(7), ipv6(7)). */
import type { OptionStep } from '../plan.ts';
import { quoted } from './text.ts';
import { remark } from './writer.ts';
import type { Writer } from './writer.ts';

const call = (name: string, level: string, option: string, value: string | number): string =>
  `${name}.setsockopt(socket.${level}, socket.${option}, ${value})`;

const numberOf = ({ value }: OptionStep): number => (typeof value === 'object' ? 0 : Number(value));

/** One line for each call: some options are two of the kernel's. */
export function writeOption(writer: Writer, step: OptionStep): void {
  for (const line of linesOf(writer, step)) writer.main.line(line, step.seqs);
}

function linesOf(writer: Writer, step: OptionStep): readonly string[] {
  const name = writer.name(step.on);
  const value = numberOf(step);
  switch (step.option) {
    case 'noDelay':
      return [call(name, 'IPPROTO_TCP', 'TCP_NODELAY', value)];
    case 'keepAlive':
      return [call(name, 'SOL_SOCKET', 'SO_KEEPALIVE', value)];
    case 'broadcast':
      return [call(name, 'SOL_SOCKET', 'SO_BROADCAST', value)];
    case 'ipv6Only':
      return [call(name, 'IPPROTO_IPV6', 'IPV6_V6ONLY', value)];
    case 'ttl':
      return hops(name, step.family, value);
    case 'receiveBuffer':
      return [receiveBuffer(name, value)];
    case 'addMembership':
    case 'dropMembership':
      return membership(writer, step);
    case 'readSize':
      return [];
  }
}

/** Of unicast and of multicast datagrams. */
const hops = (name: string, family: OptionStep['family'], value: number): readonly string[] =>
  family === 'inet'
    ? [call(name, 'IPPROTO_IP', 'IP_TTL', value), call(name, 'IPPROTO_IP', 'IP_MULTICAST_TTL', value)]
    : [
        call(name, 'IPPROTO_IPV6', 'IPV6_UNICAST_HOPS', value),
        call(name, 'IPPROTO_IPV6', 'IPV6_MULTICAST_HOPS', value),
      ];

/** What is recorded is what the kernel reported, and Linux reports twice what it was asked for (socket(7)). */
const receiveBuffer = (name: string, reported: number): string =>
  call(name, 'SOL_SOCKET', 'SO_RCVBUF', Math.ceil(reported / 2)) + remark(`Linux makes it ${reported}`);

function membership(writer: Writer, step: OptionStep): readonly string[] {
  const { value, option, family } = step;
  if (typeof value !== 'object') return [];
  const name = writer.name(step.on);
  const joins = option === 'addMembership';
  if (family === 'inet') {
    const parts = [value.group, value.interface ?? '0.0.0.0'].map(
      (host) => `socket.inet_aton(${quoted(host)})`,
    );
    const word = joins ? 'IP_ADD_MEMBERSHIP' : 'IP_DROP_MEMBERSHIP';
    return [`group = ${parts.join(' + ')}`, call(name, 'IPPROTO_IP', word, 'group')];
  }
  writer.uses('import struct');
  const word = joins ? 'IPV6_JOIN_GROUP' : 'IPV6_LEAVE_GROUP';
  const index =
    '0' + (value.interface === undefined ? '' : remark(`socket.if_nametoindex of ${value.interface}`));
  return [
    `group = socket.inet_pton(socket.AF_INET6, ${quoted(value.group)})`,
    `index = ${index}`,
    call(name, 'IPPROTO_IPV6', word, 'group + struct.pack("@I", index)'),
  ];
}
