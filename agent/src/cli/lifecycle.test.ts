/** How the process ends, by a clock of the test's own: how long a machine takes is nobody's promise. */
import { pino } from 'pino';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { limits } from '../limits.ts';
import { stopOnSignals } from './lifecycle.ts';

/** What the agent promises (docs/reliability.md). */
const promisedMs = 2_000;
const log = pino({ level: 'silent' });

beforeEach(() => {
  onTestFinished(() => void vi.unstubAllGlobals());
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers();
});

/** A process that hears of signals and exits, but not this one. */
function stopping(stop: () => Promise<void>) {
  const listeners = new Map<string, () => void>();
  const exits: number[] = [];
  vi.stubGlobal('process', {
    on: (name: string, listener: () => void) => void listeners.set(name, listener),
    exit: (code: number) => void exits.push(code),
    getActiveResourcesInfo: () => ['TCPSocketWrap'],
  });
  const ending = stopOnSignals(stop, limits.shutdownMs, log);
  const end = (code: number) => ending.begin(code);
  return { signal: (name: string) => listeners.get(name)?.(), end, ending, exits };
}

const hangs = () => new Promise<void>(() => undefined);

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s exits 0 within 2 s, whatever hangs', async (name) => {
    const { signal, ending, exits } = stopping(hangs);
    expect(ending.hasBegun).toBe(false);
    signal(name);
    expect(ending.hasBegun).toBe(true);
    await vi.advanceTimersByTimeAsync(limits.shutdownMs - 1);
    expect(exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(promisedMs - limits.shutdownMs);
    expect(exits).toEqual([0]);
  });

  it('exits as soon as everything is closed, and with 1 when it could not be', async () => {
    const sound = stopping(() => Promise.resolve());
    sound.signal('SIGTERM');
    await vi.advanceTimersByTimeAsync(0);
    expect(sound.exits).toEqual([0]);
    const broken = stopping(() => Promise.reject(new Error('it stays open')));
    broken.signal('SIGTERM');
    await vi.advanceTimersByTimeAsync(0);
    expect(broken.exits).toEqual([1]);
  });

  it("that comes second exits at once, with a shell's code for it", () => {
    const { signal, exits } = stopping(hangs);
    signal('SIGTERM');
    signal('SIGINT');
    expect(exits).toEqual([130]);
  });
});

describe('an end of its own', () => {
  it('exits with its code as soon as everything is closed, and within 2 s, whatever hangs', async () => {
    const hanging = stopping(hangs);
    hanging.end(1);
    await vi.advanceTimersByTimeAsync(promisedMs);
    expect(hanging.exits).toEqual([1]);
    const sound = stopping(() => Promise.resolve());
    sound.end(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(sound.exits).toEqual([1]);
  });

  it('exits also when not everything could be closed', async () => {
    const { end, exits } = stopping(() => Promise.reject(new Error('it stays open')));
    end(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(exits).toEqual([1]);
  });

  it('closes everything once, also when a signal comes meanwhile, which exits at once', () => {
    const stop = vi.fn(hangs);
    const { signal, end, exits } = stopping(stop);
    end(1);
    signal('SIGTERM');
    expect(exits).toEqual([143]);
    end(1);
    expect(stop).toHaveBeenCalledOnce();
  });
});
