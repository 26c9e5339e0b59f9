/** Names of IANA's "Domain Name System (DNS) Parameters", those that are met. */
const types: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  13: 'HINFO',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  29: 'LOC',
  33: 'SRV',
  35: 'NAPTR',
  39: 'DNAME',
  41: 'OPT',
  43: 'DS',
  44: 'SSHFP',
  46: 'RRSIG',
  47: 'NSEC',
  48: 'DNSKEY',
  50: 'NSEC3',
  52: 'TLSA',
  64: 'SVCB',
  65: 'HTTPS',
  99: 'SPF',
  251: 'IXFR',
  252: 'AXFR',
  255: 'ANY',
  257: 'CAA',
};
const classes: Readonly<Record<number, string>> = { 1: 'IN', 3: 'CH', 4: 'HS', 254: 'NONE', 255: 'ANY' };
const codes = ['no error', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;
const opcodes = ['query', 'inverse query', 'status', 'opcode 3', 'notify', 'update'] as const;

export const recordType = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
} as const;

/** Of multicast DNS: the answer may come to one address, or replaces what is cached (RFC 6762 §5.4, §10.2). */
const multicastBit = 0x8000;

export const isKnownType = (type: number): boolean => types[type] !== undefined;
export const isKnownClass = (value: number): boolean => classes[value & ~multicastBit] !== undefined;
export const typeName = (type: number): string => types[type] ?? `type ${type}`;
export const codeName = (code: number): string => codes[code] ?? `code ${code}`;
export const opcodeName = (opcode: number): string => opcodes[opcode] ?? `opcode ${opcode}`;

export function className(value: number): string {
  const name = classes[value & ~multicastBit] ?? `class ${value & ~multicastBit}`;
  return (value & multicastBit) === 0 ? name : `${name}, multicast bit`;
}
