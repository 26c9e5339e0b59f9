import { homedir } from 'node:os';
import { join } from 'node:path';

const name = 'socket-playground';

interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Where sessions are kept unless `--data` says otherwise: where this system wants the data of applications to be. */
export function defaultDataFolder(
  { platform, env, home }: System = { platform: process.platform, env: process.env, home: homedir() },
): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), name, 'sessions');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name, 'sessions');
  // XDG Base Directory Specification: a path that is not absolute must be ignored.
  const data =
    env.XDG_DATA_HOME?.startsWith('/') === true ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(data, name, 'sessions');
}
