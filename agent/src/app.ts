/**
 * The agent's own port, put together: guard, page, API and links around one playground. `buildApp` only builds; the
 * caller listens, and `close` ends everything that is attached.
 */
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { api } from './gateway/api/api.ts';
import { closeWith } from './gateway/http/closing.ts';
import { openDoors, refuseGarbage } from './gateway/http/doors.ts';
import { Followers } from './gateway/api/followers.ts';
import { acceptJsonBodies } from './gateway/http/json-body.ts';
import { LastDescriptors } from './gateway/http/last-descriptors.ts';
import { lastWord } from './gateway/http/linger.ts';
import { Links } from './gateway/pages/links.ts';
import { OwnNames } from './gateway/http/names.ts';
import { documentApi } from './gateway/api/openapi.ts';
import { Outbox } from './gateway/pages/outbox.ts';
import { servePage } from './gateway/pages/page-files.ts';
import { Refusals } from './gateway/http/refusals.ts';
import { healthRoute } from './gateway/api/routes/health.ts';
import { createServer, guardRequests } from './gateway/server.ts';
import { createTokenCheck } from './gateway/http/token.ts';
import { UnderWay } from './gateway/http/under-way.ts';
import { acceptUpgrades, linkRoute } from './gateway/pages/upgrades.ts';
import { limits } from './limits.ts';
import { capabilitiesOf } from './machine.ts';
import type { Playground } from './playground.ts';

export interface AppDeps {
  readonly playground: Playground;
  /** Opens the API and the link; new for each run. */
  readonly token: string;
  /** The agent's own version, for the page and the API document. */
  readonly version: string;
  /** The folder of the built page, or null when there is none. */
  readonly pageRoot: string | null;
  /** Further origins this agent answers to, such as the near end of a tunnel. */
  readonly extraOrigins: readonly URL[];
  /** Whether sockets may listen beyond this computer: told to the page. */
  readonly expose: boolean;
  readonly log: FastifyBaseLogger;
}

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { playground, token, log } = deps;
  const names = new OwnNames(deps.extraOrigins);
  const refusals = new Refusals(token);
  const isToken = createTokenCheck(token);
  const refuse = (connection: Duplex, reason: Problem) =>
    lastWord(connection, refusals.response(reason), limits.goodbyeMs);
  const followers = new Followers(limits.followers, (error) =>
    log.error({ err: error }, 'reading events failed in an unforeseen way'),
  );
  const outbox = new Outbox(playground.journal, limits, () => performance.now());
  const can = await capabilitiesOf(deps);
  const links = new Links({ ...deps, outbox, isToken, can });

  const app = createServer({ refusals, log });
  app.server.on('listening', () => {
    const address = app.server.address();
    if (address === null || typeof address === 'string') return;
    names.listening(address);
    playground.reservePort(address.port);
  });
  const underWay = new UnderWay(app.server);
  openDoors(app.server, refuse, underWay);
  const last = new LastDescriptors(playground, log);
  last.watch(app.server);
  refuseGarbage(app.server, refuse, underWay);
  closeWith(app, () => Promise.all([links.close(), followers.close()]));

  await acceptUpgrades(app, refuse);
  guardRequests(app, { names, links, last, underWay });
  linkRoute(app, links);
  acceptJsonBodies(app);
  await documentApi(app, deps.version);
  await app.register(api, { prefix: '/api', playground, followers, isToken });
  healthRoute(app);
  await servePage(app, deps.pageRoot);
  return app;
}
