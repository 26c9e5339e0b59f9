import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import { expect, it } from 'vitest';
import { openScene } from '../../test/scene.ts';
import { streamWorld } from '../sockets/conformance/worlds.ts';

const outside = streamWorld('127.0.0.1');

it('accept takes one that waits; from then on it is like any other', async () => {
  const scene = openScene();
  const { socket, local } = await scene.serve({ name: 'upper' }, { accept: 'manual', backlog: 4 });
  expect(scene.state(socket)).toMatchObject({ accept: 'manual', backlog: 4 });
  const [first, second] = [await outside.call(local), await outside.call(local)];
  first.say(Buffer.from('a'));
  expect(scene.states()).toHaveLength(1);
  const { connection } = verbs.accept.result.parse(await scene.run({ type: 'accept', socket }));
  await first.until(({ heard }) => String(heard[0]) === 'A');
  expect(scene.state(connection ?? 0)).toMatchObject({ listener: socket, behaviour: { name: 'upper' } });
  expect(scene.states()).toHaveLength(2);
  await scene.run({ type: 'behave', socket, behaviour: { name: 'ok' } });
  await scene.run({ type: 'accept', socket });
  second.say(Buffer.from('b'));
  await second.until(({ heard }) => String(heard[0]) === 'OK...b');
  expect(await scene.run({ type: 'accept', socket })).toEqual({ connection: null });
});

it('call by call: what listen is told holds, and "auto" is what it does when told nothing', async () => {
  const scene = openScene();
  for (const accept of ['auto', 'manual', undefined] as const) {
    const socket = await scene.open();
    await scene.run({ type: 'bind', socket, host: '127.0.0.1', port: 0 });
    await scene.run({ type: 'listen', socket, ...(accept ? { accept } : {}) });
    const isManual = accept === 'manual';
    expect('accept' in (await scene.next(socket, 'listening'))).toBe(isManual);
    if (!isManual) await scene.refusedSilently('accepts-by-itself', { type: 'accept', socket });
  }
});

it('accept where nothing waits to be accepted', async () => {
  const scene = openScene();
  const [stream, datagram] = [await scene.open(), await scene.open('dgram')];
  const { socket: automatic } = await scene.serve({ name: 'none' });
  await scene.refusedSilently('not-listening', { type: 'accept', socket: stream });
  await scene.refusedSilently('not-supported', { type: 'accept', socket: datagram });
  await scene.refusedSilently('accepts-by-itself', { type: 'accept', socket: automatic });
  await scene.refusedSilently('no-such-socket', { type: 'accept', socket: 99 });
  await scene.run({ type: 'close', socket: automatic });
  await scene.refusedSilently('socket-closed', { type: 'accept', socket: automatic });
});
