/**
 * Who may import whom. A target is a file's path in the workspace (`web/src/link/live/live.ts`), a package
 * (`fastify`) or a module of Node (`node:net`). Tests may use what they need; the rules are for sources.
 *
 * @typedef {object} Rule
 * @property {RegExp} from the files it speaks of
 * @property {RegExp} [only] every target must match
 * @property {RegExp} [never] no target may match
 * @property {string} why
 */

/** The folders of the page's store, in order. */
const storeFolders = ['kept', 'painting', 'rows', 'columns', 'journal', 'sockets', 'chosen', 'asked'];

/** @type {Rule[]} */
export const rules = [
  {
    from: /^shared\/src\/(?!lessons\/file\/)/,
    only: /^shared\/src\/|^zod(\/|$)/,
    why: 'shared is pure: itself, zod and the libraries named in this rule',
  },
  {
    from: /^shared\/src\/lessons\/file\//,
    only: /^shared\/src\/|^zod(\/|$)|^(yaml|markdown-it)$/,
    why: 'lesson files are read with yaml and markdown-it, and nothing else',
  },
  {
    from: /^(shared\/src\/(?!lessons\/file\/)|(web|agent)\/src\/)/,
    never: /^shared\/src\/lessons\/file\//,
    why: 'lesson files are read when the page is built, never when it runs',
  },
  {
    from: /^web\//,
    never: /^agent\/|^socket-playground(\/|$)/,
    why: 'the page knows the agent by its link only',
  },
  {
    from: /^agent\//,
    never: /^web\/|^@socket-playground\/web(\/|$)/,
    why: 'the agent serves the page as files',
  },
  { from: /^web\/src\//, never: /^node:/, why: 'a browser has no Node' },
  {
    from: /^web\/src\/(views|ui)\//,
    never: /^web\/src\/link\//,
    why: 'views talk to the store, never to the link',
  },
  { from: /^web\/src\/ui\//, never: /^web\/src\/(store|lessons|views)\//, why: 'widgets know no sockets' },
  {
    from: /^web\/src\/link\//,
    never: /^web\/src\/(store|lessons|views|ui)\//,
    why: 'events go from the link to the store: the link does not know who keeps them',
  },
  {
    from: /^web\/src\/store\//,
    never: /^web\/src\/(lessons|views|ui)\//,
    why: 'events go from the store to views: the store does not know who shows them',
  },
  ...storeFolders.map((folder, at) => ({
    from: new RegExp(`^web/src/store/${folder}/`),
    only: new RegExp(
      `^(?!web/src/store/)|^web/src/store/(limits\\.ts$|(${storeFolders.slice(0, at + 1).join('|')})/)`,
    ),
    why: 'the folders of the store stand in order: each knows only those before it',
  })),
  {
    from: /^(shared|agent|web)\/src\//,
    never: /\/testing(\/|\.ts$)/,
    why: 'what helps tests is for tests',
  },
  {
    from: /^web\/src\/lessons\//,
    never: /^web\/src\/(views|ui)\//,
    why: 'a lesson does not know who shows it',
  },
  {
    from: /^agent\/src\/sockets\//,
    never: /^agent\/src\/(gateway|commands)\/|^fastify(\/|$)|^@fastify\/|^ws(\/|$)/,
    why: 'sockets do not know that a page exists',
  },
];

/** Files the rules do not speak of, whatever folder they are in. */
export const testFile = /\.test\.(ts|mjs)$|^agent\/test\/|\/testing(\/|\.ts$)|^e2e\//;
