import { expect, it } from 'vitest';
import { defaultDataFolder } from './data-folder.ts';

it.each([
  ['linux', '/home/me', {}, '/home/me/.local/share/socket-playground/sessions'],
  ['linux', '/home/me', { XDG_DATA_HOME: '/data' }, '/data/socket-playground/sessions'],
  ['linux', '/home/me', { XDG_DATA_HOME: 'data' }, '/home/me/.local/share/socket-playground/sessions'],
  ['linux', '/home/me', { XDG_DATA_HOME: '' }, '/home/me/.local/share/socket-playground/sessions'],
  ['linux', 'me', { XDG_DATA_HOME: '/data' }, '/data/socket-playground/sessions'],
  ['linux', 'me', { XDG_DATA_HOME: 'data' }, null],
  ['linux', '', {}, null],
  ['darwin', '/Users/me', {}, '/Users/me/Library/Application Support/socket-playground/sessions'],
  ['darwin', '.', {}, null],
  ['win32', String.raw`C:\Users\me`, {}, String.raw`C:\Users\me\AppData\Local\socket-playground\sessions`],
  [
    'win32',
    String.raw`C:\Users\me`,
    { LOCALAPPDATA: 'Local' },
    String.raw`C:\Users\me\AppData\Local\socket-playground\sessions`,
  ],
  ['win32', '', { LOCALAPPDATA: String.raw`D:\Local` }, String.raw`D:\Local\socket-playground\sessions`],
] as const)('on %s with the home %j and %j it is %j', (platform, home, env, folder) => {
  expect(defaultDataFolder({ platform, home, env })).toBe(folder);
});
