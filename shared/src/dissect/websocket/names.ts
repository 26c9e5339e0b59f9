/** RFC 6455 §11.8 and §7.4.1. */
const opcodes: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

const closeCodes: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1007: 'invalid data',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'extension missing',
  1011: 'internal error',
};

export const opcodeName = (opcode: number): string => opcodes[opcode] ?? `opcode ${opcode}`;

export function closeName(code: number): string {
  const name = closeCodes[code];
  return name === undefined ? String(code) : `${code} ${name}`;
}
