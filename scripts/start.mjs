// `npm start`: installs and builds what is not as the sources say, then becomes the agent.

import { pathToFileURL } from 'node:url';
import { ensureBuilt, orExplain } from './lib/ensure.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { inRoot } from './lib/root.mjs';

requireSupportedNode();
await orExplain(ensureBuilt);

// In this very process, so that signals and the exit code are the agent's own.
const cli = inRoot('agent', 'dist', 'cli.mjs');
process.argv[1] = cli;
await import(pathToFileURL(cli).href);
