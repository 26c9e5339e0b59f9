import { randomBytes } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eachRow } from './drop-table.ts';
import { descriptorOf } from './handle.ts';
import { kernelTables } from './kernel-tables.ts';

type Row = readonly [inode: number, port: number, drops: number];

function rowsOf(table: string | Uint8Array): Row[] {
  const rows: Row[] = [];
  const bytes = typeof table === 'string' ? new TextEncoder().encode(table) : table;
  eachRow(bytes, (...row) => rows.push(row));
  return rows;
}

const header =
  '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            \n';
const v4 = (slot: string, local: string, inode: string, drops: string) =>
  `${slot}: ${local} 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 2 0000000000000000 ${drops}         \n`;

describe('the table of datagram sockets', () => {
  it('has a row a socket, with its inode, port and drops', () => {
    const table =
      header + v4('  410', '0100007F:1F90', '30211', '0') + v4(' 7012', '00000000:14E9', '998', '4294967295');
    expect(rowsOf(table)).toEqual([
      [30211, 8080, 0],
      [998, 5353, 4_294_967_295],
    ]);
  });

  it('has longer addresses for IPv6, and the port behind them', () => {
    const table =
      '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n' +
      '  77: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 00000000:00001500 00:00000000 00000000     0        0 5150 3 ffff888104a1c000 12\n';
    expect(rowsOf(table)).toEqual([[5150, 53, 12]]);
  });

  it('is empty with its header only, or with nothing at all', () => {
    expect(rowsOf(header)).toEqual([]);
    expect(rowsOf('')).toEqual([]);
    expect(rowsOf('\n')).toEqual([]);
  });

  it('leaves out rows that are cut short or not made of numbers', () => {
    const whole = v4('1', '0100007F:0001', '7', '3');
    for (let length = 0; length < whole.trimEnd().length - 1; length += 1) {
      expect(rowsOf(header + whole.slice(0, length))).toEqual([]);
    }
    expect(rowsOf(header + v4('1', '0100007F:0001', '7', '-3'))).toEqual([]);
    expect(rowsOf(header + v4('1', '0100007F:0001', 'x7', '3'))).toEqual([]);
    expect(rowsOf(header + v4('1', '0100007F:00G1', '7', '3'))).toEqual([]);
  });

  it('may be any bytes: nothing throws', () => {
    const alphabet = new TextEncoder().encode('0123456789ABCDEFabcdef: \n');
    for (let run = 0; run < 500; run += 1) {
      const noise = randomBytes(run);
      expect(() => rowsOf(noise)).not.toThrow();
      expect(() => rowsOf(noise.map((byte) => alphabet[byte % alphabet.length] ?? 0))).not.toThrow();
    }
  });

  it.runIf(kernelTables)('is what this kernel writes', async () => {
    const socket = dgram.createSocket('udp4');
    onTestFinished(() => void socket.close());
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const own = rowsOf((await kernelTables?.read('inet')) ?? '').filter(
      ([, port]) => port === socket.address().port,
    );
    expect(own).toEqual([[kernelTables?.inodeOf(descriptorOf(socket)), socket.address().port, 0]]);
  });
});
