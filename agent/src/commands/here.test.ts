/** The many spellings of this computer, and what the kernel makes of them. */
import { describe, expect, it } from 'vitest';
import { openScene } from '../../test/scene.ts';

const here = '127.0.0.1';
const none = { name: 'none' } as const;

describe('this computer', () => {
  it.each([
    { family: 'inet', host: '0.0.0.0', from: here },
    { family: 'inet6', host: '::', from: '::1' },
    { family: 'inet6', host: '::ffff:0.0.0.0', from: '::ffff:127.0.0.1' },
  ] as const)(
    'sendto $host, which is here, opens the socket for nobody else',
    async ({ family, host, from }) => {
      const scene = openScene();
      const socket = await scene.open('dgram', family);
      await scene.run({ type: 'sendto', socket, host, port: 9, data: { text: 'x' } });
      expect(scene.state(socket)?.local?.host).toBe(from);
    },
  );

  it('dial tells where the kernel connected to, whatever was asked for', async () => {
    const scene = openScene();
    for (const socketType of ['stream', 'dgram'] as const) {
      const { local } = await scene.serve(none, { socketType });
      const { socket, remote } = await scene.dial({ host: '0.0.0.0', port: local.port }, { socketType });
      expect(remote).toEqual(local);
      expect(scene.state(socket)).toMatchObject({ remote: local, called: { host: '0.0.0.0' } });
    }
  });

  it('a datagram server can have any loopback address', async () => {
    const scene = openScene();
    for (const host of ['127.0.0.2', '127.255.255.255'])
      expect((await scene.serve(none, { socketType: 'dgram', host })).local.host).toBe(host);
  });
});
