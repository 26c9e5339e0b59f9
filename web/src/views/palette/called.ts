/** What the same things are called in other programs: looked for by people who come from there, never shown. */
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import type { PageAction } from '../keys/keymap.ts';
import type { Doing } from './actions.ts';

const pageActions: Partial<Record<PageAction, string>> = {
  server: 'listen',
  client: 'connect dial',
  filter: 'search',
  'find-in-log': 'search',
  mark: 'bookmark',
  follow: 'autoscroll',
  lessons: 'help tutorial',
  keys: 'help shortcuts keyboard',
};

const formats: Partial<Record<FormatName, string>> = { pcapng: 'wireshark', csv: 'excel' };

const others: Partial<Record<Doing['is'], string>> = {
  save: 'export download capture',
  sessions: 'import load capture file pcap pcapng history',
  clear: 'delete',
  theme: 'mode',
};

/** Words in any order; empty when it has no other name. */
export function alsoCalled(doing: Doing): string {
  if (doing.is === 'page') return pageActions[doing.action] ?? '';
  const names = others[doing.is] ?? '';
  return doing.is === 'save' ? `${names} ${formats[doing.format] ?? ''}` : names;
}
