/** What a filter asks for: terms that must all hold; `not` turns one round. */
import type { Direction } from '../../../store/ends.ts';

export type Test =
  | { readonly is: 'socket'; readonly socket: number }
  | { readonly is: 'port'; readonly port: number }
  /** Either end's host: the whole of it, or its beginning. */
  | { readonly is: 'host'; readonly host: string; readonly whole: boolean }
  /** Host and port of the same end. */
  | { readonly is: 'address'; readonly host: string; readonly port: number }
  | { readonly is: 'type'; readonly types: readonly string[] }
  | { readonly is: 'direction'; readonly direction: Direction }
  | { readonly is: 'protocol'; readonly socketType: 'stream' | 'dgram' }
  /** `beyond` are events whose payload holds them behind the first bytes, which is all the page has. */
  | {
      readonly is: 'bytes';
      readonly bytes: Uint8Array;
      readonly text: string | null;
      readonly beyond?: ReadonlySet<number>;
    }
  /** What may mean several things: one of them must hold. None of them is an `any`. */
  | { readonly is: 'any'; readonly tests: readonly Test[] };

export interface Term {
  readonly not: boolean;
  readonly test: Test;
  /** What the person wrote, without `not`: the chip's words. */
  readonly words: string;
}

export type ParsedFilter =
  { readonly ok: true; readonly terms: readonly Term[] } | { readonly ok: false; readonly wrong: string };
