import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'third-party-licenses.txt';
const licenceFile = /^(licen[cs]e|copying|notice)/i;
const packageFolder = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/**
 * Puts the licences of everything bundled beside the bundle, as they ask for.
 *
 * @returns {import('rolldown').Plugin}
 */
export function thirdPartyLicences() {
  return {
    name: 'third-party-licences',
    generateBundle() {
      const folders = [...this.getModuleIds()].flatMap((id) => packageFolder.exec(id)?.[1] ?? []);
      const source = [...new Set(folders)]
        .map(notice)
        .sort()
        .join(`\n${'─'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

/**
 * @param {string} folder of a package
 * @returns {string}
 */
function notice(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
  return [`${name} ${version} (${license ?? 'see below'})`, ...texts].join('\n\n') + '\n';
}
