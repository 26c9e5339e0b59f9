// Loaded with `node --expose-gc --import` into a process whose memory is measured: SIGUSR2 makes it collect its
// garbage and write `process.memoryUsage()` to the file that MEMORY_FILE names.

import { renameSync, writeFileSync } from 'node:fs';

const file = process.env.MEMORY_FILE;
const collect = globalThis.gc;

process.on('SIGUSR2', () => {
  if (file === undefined || collect === undefined) return;
  // Twice: what the first frees may hold finalizers.
  void collect();
  void collect();
  writeFileSync(`${file}.part`, JSON.stringify(process.memoryUsage()));
  renameSync(`${file}.part`, file);
});
