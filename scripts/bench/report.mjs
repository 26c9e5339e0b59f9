import { digits, median, meets, targetWords } from './lib/stats.mjs';

/**
 * @typedef {import('./lib/stats.mjs').Measure} Measure
 *
 * @typedef {object} Line what `--json` gives for each measure
 * @property {string} row
 * @property {string} what
 * @property {string} unit
 * @property {string} target
 * @property {number} median
 * @property {number} min
 * @property {number} max
 * @property {number} pairs
 * @property {boolean | null} met null: nothing is said, the loads were tiny
 * @property {string} note
 *
 * @typedef {{ row: string, unavailable: string } | { row: string, failed: string }} Missing
 */

/**
 * @param {string} row
 * @param {Measure} measure
 * @param {boolean} quick
 * @returns {Line}
 */
export function lineOf(row, { what, unit, target, values, note = '' }, quick) {
  const middle = median(values);
  return {
    ...{ row, what, unit, target: targetWords(target), median: middle },
    ...{ min: Math.min(...values), max: Math.max(...values), pairs: values.length },
    ...{ met: quick ? null : meets(middle, target), note },
  };
}

const heads = ['what', 'target', 'median', 'range', 'pairs', 'met'];

/**
 * @param {(Line | Missing)[]} lines
 * @returns {string}
 */
export function tableOf(lines) {
  const table = [heads, ...lines.map(cellsOf)];
  const widths = heads.map((_, at) =>
    Math.max(...table.map((cells) => (cells.length > 2 ? (cells[at] ?? '') : '').length)),
  );
  return table
    .map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .concat(
      '',
      ...lines.flatMap((line) => ('note' in line && line.note !== '' ? [`${line.row}: ${line.note}`] : [])),
    )
    .join('\n');
}

/** @param {Line | Missing} line */
function cellsOf(line) {
  if ('unavailable' in line) return [line.row, `unavailable: ${line.unavailable}`];
  if ('failed' in line) return [line.row, `failed: ${line.failed}`];
  const { what, unit, target, median: middle, min, max, pairs, met } = line;
  const verdict = met === null ? '–' : met ? 'yes' : 'no';
  return [
    ...[what, `${target} ${unit}`, digits(middle), `${digits(min)} … ${digits(max)}`],
    ...[String(pairs), verdict],
  ];
}
