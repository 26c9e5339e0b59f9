/** The text of a lesson as a tree: no HTML anywhere. `${…}` stands in its strings until it is shown (`names.ts`). */

export type Inline =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'strong' | 'em'; readonly content: readonly Inline[] }
  | { readonly is: 'link'; readonly href: string; readonly content: readonly Inline[] };

export type ProseBlock =
  | { readonly is: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly is: 'heading'; readonly content: readonly Inline[] }
  | { readonly is: 'list'; readonly ordered: boolean; readonly items: readonly Prose[] }
  | { readonly is: 'code'; readonly lang: string; readonly text: string }
  | { readonly is: 'quote'; readonly content: Prose };

export type Prose = readonly ProseBlock[];
