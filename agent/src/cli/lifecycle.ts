/** How the process ends, and what it survives. */
import type { FastifyBaseLogger } from 'fastify';

const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
/** What a shell reports for a program that a signal ended. */
const signalExit = 128;
/** What a thread of Node's pool does for us, and may do for very long: calls of a disk, questions to a resolver. */
const pooled = /^(?:FSReq|GetAddrInfoReq|GetNameInfoReq)/;
const lookMs = 10;

/** The end of the agent, once a signal or the agent itself wants it. */
interface Ending {
  readonly hasBegun: boolean;
  /** Ends it as the first signal does, with this code: a signal is the second one then. */
  begin(code: number): void;
}

/**
 * The first signal closes everything and exits 0, 1 when that failed; at the latest after `mostMs` it ends, whatever hangs. A
 * second one exits at once, with what a shell calls that signal's code.
 */
export function stopOnSignals(stop: () => Promise<void>, mostMs: number, log: FastifyBaseLogger): Ending {
  let stopping = false;
  const begin = (code: number) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => exitNow(code), mostMs);
    stop().then(
      () => exitSoon(code),
      (error: unknown) => {
        log.error({ err: error }, 'what was open could not all be closed in order');
        exitSoon(1);
      },
    );
  };
  for (const [name, number] of Object.entries(signals)) {
    process.on(name, () => {
      if (stopping) exitNow(signalExit + number);
      begin(0);
    });
  }
  return {
    begin,
    get hasBegun() {
      return stopping;
    },
  };
}

const isHeld = () => process.getActiveResourcesInfo().some((name) => pooled.test(name));

/** Exits once no thread holds it. */
function exitSoon(code: number): void {
  if (isHeld()) setTimeout(() => exitSoon(code), lookMs);
  else process.exit(code);
}

/**
 * Exits at once. `process.exit` waits for every thread of the pool, and hears no signal meanwhile: where one hangs, only
 * SIGKILL ends the process, whose code is the system's then.
 */
function exitNow(code: number): void {
  if (isHeld()) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

/**
 * An error nobody caught is a bug of one socket or one request; the other sockets are still someone's experiment, so
 * the agent says what happened and lives. When such errors come in a storm it can do no good any more, and exits 1.
 */
export function surviveBugs(log: FastifyBaseLogger, { most = 10, withinMs = 10_000 } = {}): void {
  let recent: number[] = [];
  const report = (error: unknown) => {
    log.error({ err: error }, 'an error that nobody caught');
    const now = performance.now();
    recent = [...recent.filter((time) => now - time < withinMs), now];
    if (recent.length > most) process.exit(1);
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}
