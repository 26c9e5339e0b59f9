import { manifest } from './root.mjs';

/**
 * Ends the process with an explanation when this Node is outside package.json's `engines`.
 *
 * @returns {void}
 */
export function requireSupportedNode() {
  const [, minMajor, minMinor, endMajor] =
    /^>=(\d+)\.(\d+) <(\d+)$/.exec(manifest.engines.node)?.map(Number) ?? [];
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (minMajor === undefined || minMinor === undefined || endMajor === undefined) {
    throw new Error(`engines.node is not of the form ">=a.b <c": ${manifest.engines.node}`);
  }
  if (major < endMajor && (major > minMajor || (major === minMajor && minor >= minMinor))) return;
  console.error(`Socket Playground needs Node ${manifest.engines.node}; this is ${process.version}.`);
  console.error('Install a release that fits, Node 22 for example, and try again.');
  process.exit(1);
}
