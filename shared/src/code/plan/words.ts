/**
 * The address that a failed call was about. The event says it only in its sentence, which is `explain`'s own: so that
 * sentence is made again around a mark, and what stands where the mark is was the address.
 */
import type { SocketType } from '../../events/address.ts';
import type { EventOf } from '../../events/event.ts';
import { explain } from '../../explain.ts';

export interface Named {
  readonly host: string;
  /** Null where the sentence speaks of a name alone. */
  readonly port: number | null;
}

/** Nothing that a sentence has by itself; one as IPv6 hosts are written, one as others are. */
const hosts = ['Xh0stX', 'Xh0:stX'] as const;
/** Ports that only administrators may have are spoken of in another way. */
const ports = [54_321, 987] as const;

/** Null when the sentence is not `explain`'s, or names nothing. */
export function addressIn(
  { during, code, message }: EventOf<'failed'>,
  socketType: SocketType,
): Named | null {
  for (const host of hosts)
    for (const port of ports) {
      const found = match(explain(code, { during, host, port, socketType }).message, message, { host, port });
      if (found !== null && explain(code, { during, ...given(found), socketType }).message === message)
        return found;
    }
  const [host] = hosts;
  return match(explain(code, { during, host, socketType }).message, message, { host, port: null });
}

const given = ({ host, port }: Named) => (port === null ? { host } : { host, port });

const special = /[.*+?^${}()|[\]\\]/g;

function match(template: string, message: string, { host, port }: Named): Named | null {
  if (!template.includes(host) || template.includes(String(port)) !== (port !== null)) return null;
  const pattern = template
    .replaceAll(special, String.raw`\$&`)
    .replace(host, '(?<host>.+?)')
    .replace(String(port), String.raw`(?<port>\d+)`);
  const groups = new RegExp(`^${pattern}$`).exec(message)?.groups;
  // A name that was made safe to show is not the name any more.
  if (groups?.host === undefined || groups.host.includes('\\')) return null;
  return { host: groups.host, port: groups.port === undefined ? null : Number(groups.port) };
}
