import { LogController } from 'fastify';
import { limits } from '../limits.ts';

/** How the HTTP server treats time, sizes and connections. */
export const serverOptions = {
  bodyLimit: limits.requestBytes,
  requestTimeout: limits.requestMs,
  // A HEAD of an event stream would never end; the page's own files declare theirs.
  exposeHeadRoutes: false,
  // Requests during the shutdown are answered like any other; their connections close soon after.
  return503OnClosing: false,
  logController: new LogController({ disableRequestLogging: true }),
  http: {
    headersTimeout: limits.headersMs,
    // Node looks for late requests only every 30 s by default.
    connectionsCheckingInterval: limits.connectionsCheckMs,
    // The guard refuses a missing Host itself, as a coded problem.
    requireHostHeader: false,
  },
} as const;
