import { limits } from '../limits.ts';
import type { Flags } from './flags.ts';
import { openBrowser } from './launch.ts';
import { createLog } from './log.ts';
import { stopOnSignals } from './lifecycle.ts';
import { complain, say } from './print.ts';
import { readyLine } from './ready.ts';
import { start } from './start.ts';
import type { Installation } from './start.ts';

/** Runs the agent until a signal ends it. A signal that comes before it is ready ends it too, without a ready line. */
export async function run(flags: Flags, installation: Installation): Promise<void> {
  const log = createLog();
  const starting = start(flags, installation, log);
  const ending = stopOnSignals(async () => (await starting).stop(), limits.shutdownMs, log);
  const { ready } = await starting;
  if (ending.hasBegun) return;

  const said = say(readyLine(ready, flags.json));
  if (flags.json) {
    const error = await said;
    if (error !== null) {
      // The program that started it waits for that line, and nobody else knows the token.
      complain(`The ready line cannot be written to stdout: ${error.message}.`);
      ending.begin(1);
      return;
    }
  } else void say('Ctrl+C ends it.');
  if (flags.open)
    await openBrowser(ready.url, () => complain('No browser could be opened. Open the link above.'));
}
