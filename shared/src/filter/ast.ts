/** What a filter asks of a row. `a != b` is the same as `not a == b`, also where a row has no `a`. */
import type { Pattern } from './pattern/pattern.ts';

export type Comparison = '==' | '<' | '<=' | '>' | '>=';
/** Numbers: of a socket, of a port at either end, of bytes (`len`), of ns since the run began (`time`). */
export type NumberField = 'socket' | 'port' | 'len' | 'time';
export type FilterDirection = 'to-server' | 'to-client';

export type Test =
  | { readonly is: 'number'; readonly field: NumberField; readonly op: Comparison; readonly value: number }
  /** Either end's host: the whole of it, or its beginning. */
  | { readonly is: 'host'; readonly host: string; readonly whole: boolean }
  /** Either end's host is in this IPv4 network: `10.0.0.0/8`. */
  | { readonly is: 'net'; readonly host: string; readonly bits: number }
  /** Host and port of the same end. */
  | { readonly is: 'address'; readonly host: string; readonly port: number }
  | { readonly is: 'type'; readonly types: readonly string[] }
  | { readonly is: 'dir'; readonly direction: FilterDirection }
  | { readonly is: 'proto'; readonly protocol: string }
  /**
   * `text`: in any case of ASCII, in payloads and in what the row says; null: these very bytes, in payloads.
   * `beyond` are events whose payload holds them behind the first bytes, which may be all that is here.
   */
  | {
      readonly is: 'contains';
      readonly bytes: Uint8Array;
      readonly text: string | null;
      readonly beyond?: ReadonlySet<number>;
    }
  /** `beyond` as above: of payloads whose first bytes do not settle it. */
  | { readonly is: 'matches'; readonly pattern: Pattern; readonly beyond?: ReadonlySet<number> };

export type Contains = Extract<Test, { is: 'contains' }>;
export type Matches = Extract<Test, { is: 'matches' }>;

export type Filter =
  | { readonly is: 'all' }
  | { readonly is: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly is: 'not'; readonly part: Filter }
  | Test;

export const everything: Filter = { is: 'all' };

/** Everything when there is no part, the part itself when there is one. */
export function joined(is: 'and' | 'or', parts: readonly Filter[]): Filter {
  const [only = everything] = parts;
  return parts.length < 2 ? only : { is, parts };
}

/** What is wrong with a filter: a sentence, and the characters it is about. `fix` is the whole text, put right. */
export interface FilterProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly fix: string | null;
}

/** One of the filters that must all hold, and where it stands in the text. */
export interface TermPlace {
  readonly filter: Filter;
  readonly from: number;
  readonly to: number;
  /** Whether it needs brackets before something is added to it. */
  readonly isChoice: boolean;
}

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter; readonly terms: readonly TermPlace[] }
  | { readonly ok: false; readonly problem: FilterProblem };
