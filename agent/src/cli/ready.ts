import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Epoch } from '../journal/source.ts';

/** What the agent says of itself once it can be used. */
export interface Ready {
  /** Ends in `#token=…`: a fragment stays in the browser. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  /** The path of the session file; null when the session is kept in memory only. */
  readonly session: string | null;
  readonly epoch: string;
  readonly started: string;
}

interface Listening {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  readonly epoch: Epoch;
  readonly session: string | null;
}

export function readyOf({ host, port, token, pid, session, epoch: { id, started } }: Listening): Ready {
  const url = new URL(`http://${formatAddress({ host, port })}/#token=${token}`);
  return { url: url.href, port, token, pid, session, epoch: id, started };
}

/** The first line on stdout. */
export function readyLine(ready: Ready, asJson: boolean): string {
  return asJson ? JSON.stringify(ready) : `Socket Playground is ready: ${ready.url}`;
}
