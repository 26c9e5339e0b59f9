import { describe, expect, it } from 'vitest';
import { Scene } from '../scene.ts';
import { outsideAddresses, reachableAddress, waysToSocket } from './reach.ts';

const linesOf = (scene: Scene, socket = 1) => waysToSocket(scene.of(socket)).map(({ line }) => line);

describe('ways to reach a server', () => {
  it('begin with nc', () => {
    expect(linesOf(new Scene().listener(1, 8888))[0]).toBe('nc 127.0.0.1 8888');
  });

  it('begin with curl for http, with quoted brackets for IPv6', () => {
    expect(linesOf(new Scene().listener(1, 8080, 'http'))[0]).toBe('curl http://127.0.0.1:8080/');
    expect(linesOf(new Scene().listener(1, 8080, 'http', '::1'))[0]).toBe("curl 'http://[::1]:8080/'");
  });

  it('use -u for datagrams', () => {
    expect(linesOf(new Scene().datagram(1, 9999)).slice(0, 2)).toEqual([
      'ncat -u 127.0.0.1 9999',
      'nc -u 127.0.0.1 9999',
    ]);
  });

  it('never send to a wildcard address', () => {
    const scene = new Scene().listener(1, 8888, 'echo', '0.0.0.0');
    expect(reachableAddress(scene.of(1))).toEqual({ host: '127.0.0.1', port: 8888 });
    const addresses = ['127.0.0.1', '192.168.1.7', '::1', 'fe80::1'];
    expect(outsideAddresses(scene.of(1), addresses)).toEqual([{ host: '192.168.1.7', port: 8888 }]);
  });

  it('end with the server', () => {
    expect(linesOf(new Scene().listener(1, 8888).happens(1, { type: 'closed' }))).toEqual([]);
    expect(linesOf(new Scene().client(1, 52144, 8888))).toEqual([]);
  });

  it('end with Python, which waits for the whole answer', () => {
    expect(linesOf(new Scene().listener(1, 8888)).at(-1)).toBe(
      String.raw`python3 -c "import socket; s = socket.create_connection(('127.0.0.1', 8888)); s.sendall(b'hello\n'); s.shutdown(socket.SHUT_WR); print(b''.join(iter(lambda: s.recv(4096), b'')))"`,
    );
    expect(linesOf(new Scene().listener(1, 80, 'http', '::1')).at(-1)).toContain(
      "urlopen('http://[::1]:80/')",
    );
    expect(linesOf(new Scene().datagram(1, 9999)).at(-1)).toContain('socket.AF_INET, socket.SOCK_DGRAM');
  });
});
