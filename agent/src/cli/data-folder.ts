import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

const name = 'socket-playground';

interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisSystem = (): System => ({ platform: process.platform, env: process.env, home: homedir() });

/**
 * Where sessions are kept unless `--data` says otherwise: where this system wants the data of applications to be. Null when
 * it names no place of its own: what is not absolute would be another one for each folder the agent is started in.
 */
export function defaultDataFolder(system = thisSystem()): string | null {
  const path = system.platform === 'win32' ? win32 : posix;
  const places = [wanted(system), path.join(system.home, ...usual(system.platform))];
  const data = places.find((place) => path.isAbsolute(place));
  return data === undefined ? null : path.join(data, name, 'sessions');
}

/** What the environment says. XDG Base Directory Specification: a path that is not absolute must be ignored. */
function wanted({ platform, env }: System): string {
  if (platform === 'darwin') return '';
  return (platform === 'win32' ? env.LOCALAPPDATA : env.XDG_DATA_HOME) ?? '';
}

/** In the home. */
function usual(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') return ['AppData', 'Local'];
  return platform === 'darwin' ? ['Library', 'Application Support'] : ['.local', 'share'];
}
