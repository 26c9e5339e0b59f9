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
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(1);
  }
}
