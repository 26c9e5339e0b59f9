import { defineConfig } from 'rolldown';

// Everything is bundled, so that the packed tarball has no dependencies.
export default defineConfig({
  cwd: import.meta.dirname,
  input: 'src/cli.ts',
  platform: 'node',
  output: {
    dir: 'dist',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  },
});
