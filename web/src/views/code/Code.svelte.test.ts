import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import { echoScene, opened, received, sent } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import Code from './Code.svelte';

afterEach(() => vi.restoreAllMocks());

type Payload = (seq: number) => Promise<PayloadAnswer>;

/** The code of a socket, out of events that go on happening. */
async function show(selected: number, bodies: readonly EventBody[], payload: Payload = gone) {
  const told = new Told().tell(...bodies);
  const { journal, sockets } = told;
  const picks: number[] = [];
  let picked: number | null = null;
  const props = (socket: number, seq: number | null = null) => ({
    socket: sockets.table.get(socket)!,
    sockets: sockets.table,
    who: sockets,
    journal,
    payload,
    picked: seq,
    onpick: (number: number) => void picks.push(number),
  });
  const { rerender } = await render(Code, props(selected));
  return {
    picks,
    tell: async (...more: EventBody[]) => {
      told.tell(...more);
      await rerender(props(selected, picked));
    },
    pick: (seq: number | null) => rerender(props(selected, (picked = seq))),
    select: (socket: number) => rerender(props(socket)),
  };
}

const gone: Payload = () => Promise.resolve({ is: 'gone' });
const word = [sent(2, 'hapy\n'), received(3, 'hapy\n'), sent(3, 'hapy\n'), received(2, 'hapy\n')];
const scene = [...echoScene, { type: 'behaving', socket: 1, behaviour: { name: 'none' } } as const, ...word];

const program = (name: string | RegExp) => page.getByRole('region', { name, exact: true });
const line = (name: string, text: RegExp) => program(name).getByRole('option', { name: text });
const list = (name: string) => program(name).getByRole('listbox');

describe('the code', () => {
  it('is a program for each side, its lines beside their events', async () => {
    await show(2, scene);
    await expect.element(line('client #2', /sendall\(b"hapy\\n"\) ?No\. 10$/)).toBeVisible();
    await expect.element(line('client #2', /create_connection.*No\. 4 to 6$/)).toBeVisible();
    await expect.element(line('server #1, #3', /data = conn\.recv\(65536\) ?No\. 11$/)).toBeVisible();
    await expect.element(line('server #1, #3', /^import socket$/)).toHaveAttribute('aria-disabled', 'true');
  });

  it('marks the line of the selected event, and the line of its other end', async () => {
    const { pick } = await show(2, scene);
    await pick(11);
    await expect.element(line('server #1, #3', /recv/)).toHaveAttribute('aria-selected', 'true');
    await expect.element(line('client #2', /sendall/)).toHaveClass('is-other');
    await pick(null);
    await expect.element(line('server #1, #3', /recv/)).toHaveAttribute('aria-selected', 'false');
  });

  it('marks the line of an other end that comes after its row was selected', async () => {
    const { pick, tell } = await show(2, scene.slice(0, -word.length + 1));
    await pick(10);
    await tell(received(3, 'hapy\n'));
    await expect.element(line('server #1, #3', /recv/)).toHaveClass('is-other');
  });

  it('leads to the events of a line, one after the other, and nowhere from others', async () => {
    const { picks, pick } = await show(2, scene);
    await line('client #2', /create_connection/).click();
    await pick(4);
    await line('client #2', /create_connection/).click();
    await line('client #2', /^import/).click({ force: true });
    expect(picks).toEqual([4, 5]);
  });

  it('is walked by arrows; Enter goes to the event', async () => {
    const { picks } = await show(2, scene);
    await expect.element(line('client #2', /sendall/)).toBeVisible();
    (list('client #2').element() as HTMLElement).focus();
    await userEvent.keyboard('{End}{Home}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    await expect.poll(() => picks).toEqual([10]);
    const active = list('client #2').element().getAttribute('aria-activedescendant');
    expect(document.querySelector(`#${active ?? ''}`)?.textContent).toContain('sendall');
  });

  it('follows what happens', async () => {
    const { tell } = await show(2, scene);
    await expect.element(line('client #2', /# next: end the stream/)).toBeVisible();
    await tell({ type: 'ended', socket: 2, by: 'local' }, { type: 'closed', socket: 2 });
    await expect.element(line('client #2', /# leaving "with" closes s ?No\. 14, 15$/)).toBeVisible();
    await expect.element(line('client #2', /next/)).not.toBeInTheDocument();
  });

  it('keeps the client while another socket of its server is looked at', async () => {
    const more = [
      opened(4),
      { type: 'connecting', socket: 4, remote: { host: '127.0.0.1', port: 8888 } },
      {
        type: 'connected',
        socket: 4,
        local: { host: '127.0.0.1', port: 5001 },
        remote: { host: '127.0.0.1', port: 8888 },
      },
      opened(5, 1),
      {
        type: 'accepted',
        socket: 5,
        listener: 1,
        local: { host: '127.0.0.1', port: 8888 },
        remote: { host: '127.0.0.1', port: 5001 },
      },
    ] as const;
    const { select } = await show(2, [...scene, ...more]);
    await select(1);
    await expect.element(program('client #2')).toBeVisible();
    await select(5);
    await expect.element(program('client #4')).toBeVisible();
  });

  it('names each program in one line, however narrow it is', async () => {
    await page.viewport(740, 600);
    await show(2, scene);
    const heading = program('server #1, #3').getByText('server #1, #3', { exact: true });
    await expect.element(heading).toBeVisible();
    const header = heading.element().parentElement!;
    expect(header.scrollHeight).toBeLessThanOrEqual(header.offsetHeight);
  });

  it('is no wider than a phone', async () => {
    await page.viewport(390, 800);
    const client = (port: number) => ({ host: '127.0.0.1', port });
    const more = [4, 5, 6, 7].flatMap((socket) => [
      opened(socket, 1),
      { ...received(socket, 'hapy\n'), remote: null },
      { type: 'accepted', socket, listener: 1, local: client(8888), remote: client(5000 + socket) } as const,
    ]);
    await show(1, [...scene, ...more]);
    const server = program(/^server #1/);
    await expect.element(server).toBeVisible();
    for (const part of server.element().children) {
      expect(part.getBoundingClientRect().right, part.tagName).toBeLessThanOrEqual(innerWidth);
    }
  });

  it('gets whole payloads where the first bytes do not tell enough', async () => {
    const long = 'abc'.repeat(500);
    const data = new TextEncoder().encode(long);
    const cut = {
      type: 'sent',
      socket: 2,
      size: long.length,
      data: data.slice(0, 256),
      captured: 256,
    } as const;
    await show(2, [...scene, cut], (seq) =>
      Promise.resolve(seq === 14 ? { is: 'data', data } : { is: 'gone' }),
    );
    await expect.element(line('client #2', /s\.sendall\(b"abc" \* 500\)/)).toBeVisible();
  });

  it('is copied as it stands, or says why not', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
    await show(2, scene);
    const copy = program('client #2').getByRole('button', { name: 'Copy', exact: true });
    await copy.click();
    await expect
      .poll(() => write.mock.calls[0]?.[0])
      .toMatch(/^import socket\n\nserver = \("127\.0\.0\.1", 8888\)\n/);
    await expect.element(program('client #2').getByText('Copied')).toBeInTheDocument();
    write.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    await copy.click();
    await expect
      .element(program('client #2').getByRole('alert'))
      .toHaveTextContent('does not let the page copy');
  });

  it('shows what came from outside as text', async () => {
    await show(2, [...scene, sent(2, '<img src=x onerror=alert(1)>"""\n')]);
    await expect.element(line('client #2', /<img src=x onerror=alert\(1\)>/)).toBeVisible();
    expect(document.querySelector('.programs img')).toBeNull();
  });
});
