import { parseArgs } from 'node:util';

/**
 * What a script was told by its flags. `--help` prints the usage and ends the script; a flag that it does not have ends it with
 * what is wrong, the usage behind it, and exit code 1.
 *
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {Options} options as `parseArgs` takes them, without `help`
 * @param {string} usage
 * @returns {ReturnType<typeof parseArgs<{ options: Options }>>['values']}
 */
export function flagsOf(options, usage) {
  return explained(() => parseArgs({ options }).values, usage);
}

/**
 * The same, and what stands beside the flags.
 *
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {Options} options
 * @param {string} usage
 * @returns {ReturnType<typeof parseArgs<{ options: Options, allowPositionals: true }>>}
 */
export function flagsAndFilesOf(options, usage) {
  return explained(() => parseArgs({ options, allowPositionals: true }), usage);
}

/**
 * @template Read
 * @param {() => Read} read
 * @param {string} usage
 * @returns {Read}
 */
function explained(read, usage) {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return read();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(1);
  }
}

/**
 * What `--only` names, in the order there is, or all of it. A name that is none ends the script with those there are.
 *
 * @template {{ name: string }} Each
 * @param {string | undefined} only names with commas between them
 * @param {readonly Each[]} all
 * @param {string} kind what one of them is
 * @returns {Each[]}
 */
export function chosenBy(only, all, kind) {
  const known = all.map(({ name }) => name);
  const names = only?.split(',') ?? known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return all.filter(({ name }) => names.includes(name));
  console.error(`No such ${kind}: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  process.exit(1);
}
