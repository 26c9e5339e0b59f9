import { limits } from '../../store/limits.ts';
import type { Snippet, Snippets } from '../../store/kept/snippets.ts';
import type { Ending } from '../../store/kept/written.ts';
import type { Shelf } from '../saved/shelf.ts';
import { formatNumber } from '../words.ts';
import { bytesOfDraft } from './draft.ts';
import type { Draft } from './draft.ts';

/** Messages under a name, beside the field. Only the field is called Message. */
export function snippetShelf(
  snippets: Snippets,
  { mode, text }: Draft,
  append: Ending,
  apply: (snippet: Snippet) => void,
): Shelf<Snippet> {
  const refused = refusal({ mode, text });
  return {
    saved: snippets,
    label: 'Snippets',
    kept: snippets.nameOf((kept) => kept.mode === mode && kept.text === text && kept.append === append),
    suggested: text === '' || refused !== null ? null : text.trim() || 'spaces',
    refused,
    none: 'None so far. Write a message, then keep it here under a name.',
    keepWords: 'Save snippet',
    plural: 'snippets',
    text: (kept) => `${kept.text}${endingWords[kept.append]}`,
    keep: (name) => snippets.save({ name, mode, text, append }),
    apply,
  };
}

const endingWords: Readonly<Record<Ending, string>> = { none: '', lf: ' + LF', crlf: ' + CR LF' };

function refusal(draft: Draft): string | null {
  if (draft.text.length > limits.snippetCharacters)
    return `A snippet has at most ${formatNumber(limits.snippetCharacters)} characters.`;
  return bytesOfDraft(draft).ok ? null : 'What is written is no message yet, so it is not saved.';
}
