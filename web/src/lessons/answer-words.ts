/** An answer as it is said back to whoever gave it: it stays in sight once its question is gone. */
import type { Question } from '@socket-playground/shared/lessons/checks.ts';
import type { Given } from '@socket-playground/shared/lessons/questions.ts';

export function answerWords(
  question: Question | undefined,
  given: Given,
  say: (text: string) => string,
): string {
  if (typeof given !== 'object') return say(String(given));
  const parts = given.map((part) => say(String(part)));
  const left = question !== undefined && 'pairs' in question ? question.left : [];
  return parts.map((part, at) => (left[at] === undefined ? part : `${say(left[at])}: ${part}`)).join('; ');
}
