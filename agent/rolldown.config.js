import { defineConfig } from 'rolldown';
import { thirdPartyLicences } from '../scripts/lib/third-party.mjs';

// Everything is bundled, so that the packed tarball has no dependencies.
export default defineConfig({
  cwd: import.meta.dirname,
  input: 'src/cli.ts',
  platform: 'node',
  plugins: [thirdPartyLicences()],
  output: {
    dir: 'dist',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  },
});
