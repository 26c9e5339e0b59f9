import { describe, expect, it } from 'vitest';
import { at, Scene } from '../scene.ts';
import { closeAllCommands, memberFold, mostServing, openCount, rackOf } from './model.ts';

const nothingMore = { selected: null, more: new Map<number | null, number>() };
const rack = (scene: Scene, view: Partial<typeof nothingMore> | { selected: number } = {}) =>
  rackOf(scene.sockets, scene.who, { ...nothingMore, ...view });

describe('the rack', () => {
  it('nests connections under their listener and counts the open ones', () => {
    const scene = new Scene().listener(1, 8888).client(2, 52144, 8888).accepted(3, 1, 8888, 52144);
    const [first, second] = rack(scene).groups;
    expect(first?.head.connections).toBe('1 connection');
    expect(first?.members.map(({ socket, name }) => [socket, name.main])).toEqual([[3, 'from #2']]);
    expect(second?.head.name).toEqual({ main: 'client', rest: 'of #1' });
  });

  it('shows both ends of a connection the same pair of counts', () => {
    const scene = new Scene().listener(1, 8888).client(2, 52144, 8888).accepted(3, 1, 8888, 52144);
    scene
      .says(2, 'sent', 'happy\n')
      .says(3, 'received', 'happy\n')
      .says(3, 'sent', 'ok')
      .says(2, 'received', 'ok');
    const [server, client] = rack(scene).groups;
    const pair = { toServer: 6, toClient: 2 };
    expect([server?.members[0]?.bytes, client?.head.bytes]).toEqual([pair, pair]);
    expect(server?.head.bytes).toBeNull();
  });

  it('shows the peer of an accepted connection and its own address for every other socket', () => {
    const scene = new Scene()
      .listener(1, 8888)
      .accepted(2, 1, 8888, 40312)
      .client(3, 52144, 9000)
      .datagram(4, 9999);
    const [server, client, datagrams] = rack(scene).groups;
    expect(server?.head.address).toEqual(at(8888));
    expect(server?.members[0]).toMatchObject({ name: { main: 'from outside' }, address: at(40312) });
    expect(client?.head.address).toEqual(at(52144));
    expect(datagrams?.head).toMatchObject({
      address: at(9999),
      protocol: 'UDP',
      name: { main: 'none', rest: 'server' },
    });
  });

  it('folds a long list, keeps the newest and the selected one, and shows more when asked', () => {
    const scene = new Scene().listener(1, 8888, 'chat');
    for (let id = 2; id < 102; id += 1) scene.accepted(id, 1, 8888, 40000 + id);
    const [folded] = rack(scene, { selected: 5 }).groups;
    expect(folded?.members.map(({ socket }) => socket)).toEqual([5, 98, 99, 100, 101]);
    expect(folded?.folded).toBe(95);
    const [unfolded] = rack(scene, { more: new Map([[1, 1]]) }).groups;
    expect(unfolded?.members).toHaveLength(100);
    expect(memberFold.kept + memberFold.step).toBeGreaterThanOrEqual(100);
  });

  it('prefers open connections over closed ones where it folds', () => {
    const scene = new Scene().listener(1, 8888);
    for (let id = 2; id < 22; id += 1) scene.accepted(id, 1, 8888, 40000 + id);
    for (let id = 6; id < 22; id += 1) scene.happens(id, { type: 'closed' });
    expect(rack(scene).groups[0]?.members.map(({ socket }) => socket)).toEqual([2, 3, 4, 5]);
    expect(rack(scene).groups[0]?.head.connections).toBe('4 connections');
  });

  it('has a card for no more listeners than a rack can hold, and for all when asked', () => {
    const scene = new Scene();
    for (let id = 1; id <= mostServing + 5; id += 1) scene.listener(id, id);
    const { groups, folded } = rack(scene, { selected: 2 });
    expect(groups.slice(0, 2).map(({ head }) => head.socket)).toEqual([2, 6]);
    expect([groups.length, folded]).toEqual([mostServing + 1, 4]);
    expect(rack(scene, { more: new Map([[null, 1]]) }).folded).toBe(0);
  });

  it('never folds a listener away', () => {
    const scene = new Scene().listener(1, 8888);
    for (let id = 2; id < 102; id += 1) scene.client(id, 40000 + id, 9000);
    expect(rack(scene).groups[0]?.head.socket).toBe(1);
    expect(rack(scene).folded).toBe(60);
  });

  it('keeps a connection whose listener is gone at the top level', () => {
    const scene = new Scene().listener(1, 8888).accepted(2, 1, 8888, 40312);
    const table = new Map(scene.sockets);
    table.delete(1);
    expect(rackOf(table, scene.who, nothingMore).groups.map(({ head }) => head.socket)).toEqual([2]);
  });

  it.each([
    [['127.0.0.1', '127.0.0.1'], '127.0.0.1'],
    [['127.0.0.1', '0.0.0.0', '192.0.2.7'], '127.0.0.1'],
    [['127.0.0.1', '::1'], '127.0.0.1'],
    [['::1', '0.0.0.0'], '::1'],
    [['::1', '127.0.0.2'], null],
    [['0.0.0.0'], null],
  ])('of %j may leave out %s where room is short', (hosts, folded) => {
    const scene = new Scene();
    for (const [index, host] of hosts.entries()) scene.listener(index + 1, 8888, 'echo', host);
    expect(rack(scene).foldedHost).toBe(folded);
  });

  it('counts what is open and closes all of it with as few commands as it takes', () => {
    const scene = new Scene()
      .listener(1, 8888)
      .client(2, 52144, 8888)
      .accepted(3, 1, 8888, 52144)
      .refused(4, 9000);
    expect(openCount(scene.sockets)).toBe(3);
    expect(closeAllCommands(scene.sockets)).toEqual([
      { type: 'close', socket: 1, connections: true },
      { type: 'close', socket: 2 },
    ]);
  });

  it('closes connections by themselves when their listener is closed already', () => {
    const scene = new Scene().listener(1, 8888).accepted(2, 1, 8888, 40312).happens(1, { type: 'closed' });
    expect(closeAllCommands(scene.sockets)).toEqual([{ type: 'close', socket: 2 }]);
  });
});
