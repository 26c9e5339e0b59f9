import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { securityHeaders } from '../http/headers.ts';

/** The built page's index carries this where its style nonce goes. */
const noncePlaceholder = '__CSP_NONCE__';
const nonceBytes = 16;
/** The build puts a hash of the content into the name of everything in here. */
const hashedFolder = '/assets/';
const hide = { schema: { hide: true } };

const notBuilt = `Socket Playground: the agent runs, but its page is not built.
In the project's folder run: npm start
`;

async function sendIndex(pageRoot: string, reply: FastifyReply): Promise<FastifyReply> {
  const nonce = randomBytes(nonceBytes).toString('base64');
  const html = await readFile(join(pageRoot, 'index.html'), 'utf8');
  return reply
    .headers(securityHeaders(nonce))
    .type('text/html; charset=utf-8')
    .send(html.replaceAll(noncePlaceholder, nonce));
}

/** The page and its files, from the folder the build made; without one, a text that says how to get it. */
export async function servePage(app: FastifyInstance, pageRoot: string | null): Promise<void> {
  if (pageRoot === null) {
    app.get('/', hide, (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(notBuilt));
    return;
  }
  for (const method of ['GET', 'HEAD']) {
    for (const url of ['/', '/index.html']) {
      app.route({ method, url, ...hide, handler: (_request, reply) => sendIndex(pageRoot, reply) });
    }
  }
  await app.register(fastifyStatic, {
    root: pageRoot,
    index: false,
    // A folder is no file; without this it would be called hidden.
    allowedPath: (path) => !path.endsWith('/'),
    // A range that cannot be met would be an error, and nobody needs part of a page.
    acceptRanges: false,
    dotfiles: 'deny',
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = path.slice(pageRoot.length).startsWith(hashedFolder);
      reply.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
