import { endianness } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Spelling } from './ends.ts';
import { rowsOf } from './rows.ts';

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n';
/** As Linux 6.18 prints them. */
const lines = {
  listen:
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000002 00:00000000 00000000  1000        0 2337254 1 000000008a2c1d6f 100 0 0 10 0                   \n',
  talking:
    '   1: 0100007F:9C40 0100007F:1F90 01 0000A000:00000007 04:000001F4 00000000  1000        0 30211 2 0000000000000000 20 4 30 10 -1                  \n',
  waiting:
    '1234567: 0100007F:1F90 0100007F:9C41 06 00000000:00000000 03:00001651 00000000     0        0 0 3 000000004d1a4f0e                                      \n',
  mapped:
    '   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 08 00000000:00000001 02:0000AFC8 00000000     0        0 998 1 00000000f193c950 20 0 0 10 -1\n',
};
const all = () => true;

describe('the table of TCP sockets', () => {
  it('has a row a socket: state, queues, timer, and whether a process holds it', () => {
    const rows = rowsOf(header + Object.values(lines).join(''), all);
    expect([...rows]).toEqual([
      [
        '0100007F:1F90 00000000:0000',
        { state: 'LISTEN', sendQueue: 0, receiveQueue: 2, timer: null, inode: 2_337_254 },
      ],
      [
        '0100007F:9C40 0100007F:1F90',
        {
          state: 'ESTABLISHED',
          sendQueue: 40_960,
          receiveQueue: 7,
          timer: { kind: 'probe', seconds: 5 },
          inode: 30_211,
        },
      ],
      [
        '0100007F:1F90 0100007F:9C41',
        {
          state: 'TIME_WAIT',
          sendQueue: 0,
          receiveQueue: 0,
          timer: { kind: 'forget', seconds: 57.13 },
          inode: 0,
        },
      ],
      [
        '0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350',
        {
          state: 'CLOSE_WAIT',
          sendQueue: 0,
          receiveQueue: 1,
          timer: { kind: 'keep-alive', seconds: 450 },
          inode: 998,
        },
      ],
    ]);
  });

  it('gives the rows that are wanted only', () => {
    const rows = rowsOf(header + Object.values(lines).join(''), (ends) => ends.endsWith(':9C41'));
    expect([...rows.keys()]).toEqual(['0100007F:1F90 0100007F:9C41']);
  });

  it('never throws, whatever is in it, and a row that is cut is none', () => {
    const table = header + lines.talking + lines.waiting;
    const inodeEnd = header.length + lines.talking.indexOf('30211') + '30211'.length;
    for (let end = 0; end <= inodeEnd; end += 1) expect(rowsOf(table.slice(0, end), all).size).toBe(0);
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 300 }), (text) => void rowsOf(text, all)),
    );
  });
});

describe.skipIf(endianness() !== 'LE')('two ends, as the kernel prints them', () => {
  const [v4, v6] = [
    { host: '127.0.0.1', port: 8080 },
    { host: '2001:db8::1:2', port: 80 },
  ];
  const mapped = (address: typeof v4) => ({ ...address, host: `::ffff:${address.host}` });
  const far = { host: '10.1.2.3', port: 65_535 };
  it.each([
    [v4, far, '0100007F:1F90 0302010A:FFFF'],
    [mapped(v4), mapped(far), '0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000302010A:FFFF'],
    [v4, null, '0100007F:1F90 00000000:0000'],
    [v6, null, 'B80D0120000000000000000002000100:0050 00000000000000000000000000000000:0000'],
    [v4, v6, null],
    [{ host: 'localhost', port: 1 }, far, null],
  ])('%j to %j', (local, remote, ends) => {
    expect(new Spelling().ends(local, remote)).toEqual(ends);
  });
});
