/** What a filter asks for: terms that must all hold; `not` turns one round. */
import type { Direction } from '../../../store/ends.ts';

export type Test =
  | { readonly is: 'socket'; readonly socket: number }
  | { readonly is: 'port'; readonly port: number }
  | { readonly is: 'type'; readonly types: readonly string[] }
  | { readonly is: 'direction'; readonly direction: Direction }
  | { readonly is: 'protocol'; readonly socketType: 'stream' | 'dgram' }
  | { readonly is: 'bytes'; readonly bytes: Uint8Array; readonly text: string | null };

export interface Term {
  readonly not: boolean;
  readonly test: Test;
  /** What the person wrote, without `not`: the chip's words. */
  readonly words: string;
}

export type ParsedFilter =
  { readonly ok: true; readonly terms: readonly Term[] } | { readonly ok: false; readonly wrong: string };
