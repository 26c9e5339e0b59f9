/** Everything the agent is, put together. */
import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import { createPlayground } from '../create-playground.ts';
import { newToken } from '../gateway/http/token.ts';
import type { Epoch } from '../journal/source.ts';
import type { DiskSessions } from '../sessions/disk-sessions.ts';
import { FolderError } from '../sessions/folder.ts';
import { defaultDataFolder } from './data-folder.ts';
import { startEpoch } from './epoch.ts';
import type { Flags } from './flags.ts';
import { surviveBugs } from './lifecycle.ts';
import { listenProblem } from './listen-problem.ts';
import { openSessions } from './open-sessions.ts';
import { complain } from './print.ts';
import { readyOf } from './ready.ts';
import type { Ready } from './ready.ts';

export interface Installation {
  readonly version: string;
  /** The folder of the built page, or null when there is none. */
  readonly pageRoot: string | null;
}

interface Started {
  readonly ready: Ready;
  /** Closes every socket, writes their last events, and ends session and links. */
  stop(): Promise<void>;
}

/** An agent that can be used. Without its port, or a folder that was asked for, it says why and exits 1. */
export async function start(
  flags: Flags,
  { version, pageRoot }: Installation,
  log: FastifyBaseLogger,
): Promise<Started> {
  const token = newToken();
  const onBug = (error: unknown) =>
    log.error({ err: error }, 'a bug of the agent ended one command or socket');
  const clocks = startEpoch();
  const { epoch } = clocks;
  const disk = await keepOnDisk(flags, log, epoch, (count) => playground.lost(count));
  const playground = createPlayground({
    allow: flags.allow,
    expose: flags.expose,
    onBug,
    ...clocks,
    ...(disk && { backing: disk.backing, sessions: (journal) => disk.sessionsOf(journal) }),
  });
  const app = await buildApp({
    playground,
    token,
    version,
    pageRoot,
    extraOrigins: flags.origins,
    expose: flags.expose,
    log,
  });
  const port = await listen(app, flags);
  if (port === null) {
    // A run that never was leaves no session behind.
    await disk?.end();
    process.exit(1);
  }
  app.server.on('error', (error) => log.error({ err: error }, 'the port of the page has trouble'));
  surviveBugs(log);
  return {
    ready: readyOf({ host: flags.host, port, token, pid: process.pid, epoch, session: disk?.path ?? null }),
    stop: async () => {
      await playground.shutdown();
      // Every socket's last event is on disk now. The file ends beside the links, not behind them: they may take all the
      // time there is, and a command that outlives its socket changes no file that has ended.
      await playground.journal.settle();
      await Promise.all([app.close(), disk?.end()]);
    },
  };
}

/**
 * The session on disk. A folder that was asked for and cannot be had ends the agent; without the usual one it goes on in
 * memory, and says so.
 */
async function keepOnDisk(
  { data, keep }: Flags,
  log: FastifyBaseLogger,
  epoch: Epoch,
  onLost: (count: number) => void,
): Promise<DiskSessions | null> {
  try {
    const path = data ?? defaultDataFolder();
    if (path === null) throw new FolderError('the home folder of this run is no absolute path.');
    return await openSessions({ path, rules: keep, epoch, onLost, log });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = said.endsWith('.') ? said : `${said}.`;
    if (data !== null) {
      complain(`Sessions cannot be kept in ${data}: ${reason} Choose another folder with --data.`);
      process.exit(1);
    }
    complain(`This session is kept in memory only: ${reason} Choose a folder for sessions with --data.`);
    return null;
  }
}

/** The port it got, or null, with the reason said, when there is none to be had. */
async function listen(app: FastifyInstance, { host, port }: Flags): Promise<number | null> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    complain(listenProblem(error, { host, port }));
    return null;
  }
  return portOf(app.server.address());
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return address.port;
}
