// Sees to the programs that the tests need; under CI=true a missing one is a failure.

import { ensureInstalled, orExplain } from './lib/ensure.mjs';
import { missingNotice, provideTools } from './lib/tools.mjs';

await orExplain(ensureInstalled);
const missing = await provideTools();
if (missing.length === 0) {
  console.log('All there.');
} else {
  console.log(await missingNotice(missing));
  if (process.env.CI === 'true') process.exit(1);
}
