/**
 * @typedef {import('../../shared/src/lessons/checks.ts').Check} Check
 * @typedef {import('../../shared/src/lessons/checks.ts').See} See
 * @typedef {import('../../shared/src/lessons/lesson.ts').Step} Step
 */

/**
 * @param {Pick<Step, 'check' | 'predict' | 'can'>} step
 * @returns {string} which events pass it, in few words: `predict; accepted < received`
 */
export function proofOf({ check, predict, can }) {
  const parts = [...(predict === undefined ? [] : ['predict']), ...check.map(wordsOf)];
  const proof = parts.filter((part, index) => parts.indexOf(part) === index).join('; ');
  return can === undefined ? proof : `${proof} (elsewhere predicted)`;
}

/** @param {Check} check @returns {string} */
function wordsOf(check) {
  if ('see' in check) return seen(check);
  if ('order' in check) return check.order.map(seen).join(' < ');
  if ('count' in check) return counted(check);
  if ('never' in check) return `never ${either(check.never)}`;
  if ('stream' in check) return `stream ${check.dir}${contents(check)}`;
  if ('datagram' in check) return `datagram ${check.dir}${contents(check)}`;
  if ('gap' in check)
    return `${check.gap.map(seen).join(' < ')}, ${check.min ?? `within ${check.max ?? ''}`} apart`;
  if ('any' in check) return check.any.map(wordsOf).join(' or ');
  return 'answer' in check ? answered(check) : 'answer';
}

/** What an event says for itself, where a step asks for it. */
const telling = ['code', 'by', 'during', 'family', 'socketType', 'peer', 'host', 'local.host'];

/** @param {See} see @returns {string} */
function seen({ see, where = {} }) {
  const words = telling.flatMap((key) => plain(where[key]));
  return words.length === 0 ? either(see) : `${either(see)} {${words.join(', ')}}`;
}

/** @param {unknown} value @returns {string[]} */
function plain(value) {
  if (Array.isArray(value)) return [value.flatMap(plain).join(' or ')];
  return typeof value === 'string' && !value.includes('$') ? [value] : [];
}

/** @param {Extract<Check, { count: unknown }>} check @returns {string} */
function counted({ count, is, min, bytes, where }) {
  const times = is ?? (min === undefined ? '' : `≥${min}`);
  const sum = bytes === undefined ? '' : `, ${bytes} bytes`;
  return `${seen({ see: count, where })}${times === '' ? '' : ` ×${times}`}${sum}`;
}

/** @param {See['see']} types @returns {string} */
const either = (types) => [types].flat().join(' or ');

/** @param {Pick<Extract<Check, { stream: unknown }>, 'line' | 'text' | 'starts' | 'contains'>} check @returns {string} */
function contents({ line, text, starts, contains }) {
  const words = [line, text, starts, contains].find((each) => typeof each === 'string');
  return words === undefined ? '' : ` {${visible(words)}}`;
}

/** What is compared with the log says so. @param {Extract<Check, { answer: unknown }>} check @returns {string} */
function answered({ is }) {
  if (typeof is === 'string')
    return is.startsWith('$') ? `answer {${is.replaceAll(/[${}]/g, '')}}` : 'answer';
  return typeof is === 'object' ? `answer {${Object.keys(is)[0] ?? ''}}` : 'answer';
}

/** @param {string} words @returns {string} */
const visible = (words) => JSON.stringify(words).slice(1, -1).replaceAll('|', '\\|');
