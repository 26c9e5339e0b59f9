/** The registry of dissectors: one line each. Order decides between the equally sure, and is the order of the menu. */
import { confidence } from './dissector.ts';
import type { Dissection, Dissector, Input } from './dissector.ts';
import { dns } from './dns.ts';
import { http } from './http.ts';
import { json } from './json.ts';
import { dissectLimits } from './limits.ts';
import { lines } from './lines.ts';
import { tls } from './tls.ts';
import { websocket } from './websocket.ts';

export const dissectors: readonly Dissector[] = [http, tls, dns, websocket, json, lines];

/** Those that have something to say in a row of the log; most rows are shown by what their text says itself. */
export const telling: readonly Dissector[] = dissectors.filter(({ row }) => row !== 'nothing');

/** The dissector that is surest of this payload; null when none finds it possible. */
export function recognise(input: Input, among: readonly Dissector[] = dissectors): Dissector | null {
  const within = bounded(input);
  let best: Dissector | null = null;
  let least: number = confidence.possible;
  for (const dissector of among) {
    const sure = dissector.confidence(within);
    if (sure < least || (best !== null && sure === least)) continue;
    best = dissector;
    least = sure;
  }
  return best;
}

export const dissectorOf = (id: string): Dissector | undefined =>
  dissectors.find((dissector) => dissector.id === id);

/** Whether this dissector finds it possible that the payload is its own. */
export const fits = (dissector: Dissector, input: Input): boolean =>
  dissector.confidence(bounded(input)) >= confidence.possible;

/** What this dissector reads, whether the payload looks like its own or not. */
export const dissectAs = (dissector: Dissector, input: Input): Dissection =>
  dissector.dissect(bounded(input));

function bounded(input: Input): Input {
  if (input.bytes.length <= dissectLimits.bytes) return input;
  return { ...input, bytes: input.bytes.subarray(0, dissectLimits.bytes) };
}
