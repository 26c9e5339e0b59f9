import { describe, expect, it } from 'vitest';
import { unimported, violations } from './check.mjs';

/** @type {(files: Record<string, string>) => string[]} */
const check = (files) => violations(new Map(Object.entries(files)));

/** @type {[string, string, string][]} */
const forbidden = [
  ['shared/src/events/event.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
  ['shared/src/events/event.ts', "import { mount } from 'svelte';", 'svelte'],
  ['shared/src/events/event.ts', "import { x } from '../../../agent/src/app.ts';", 'agent/src/app.ts'],
  ['shared/src/lessons/attempt.ts', "import { parse } from 'yaml';", 'yaml'],
  ['shared/src/lessons/file/prose.ts', "import { join } from 'node:path';", 'node:path'],
  [
    'web/src/lessons/study.ts',
    "import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';",
    'shared/src/lessons/file/lesson.ts',
  ],
  ['web/src/main.ts', "export { x } from '../../agent/src/app.ts';", 'agent/src/app.ts'],
  ['web/src/main.ts', "import 'node:net';", 'node:net'],
  ['agent/src/app.ts', "import type { X } from '../../web/src/x.ts';", 'web/src/x.ts'],
  [
    'web/src/views/log/View.svelte',
    script("import { live } from '../../link/live/live.ts';"),
    'web/src/link/live/live.ts',
  ],
  ['web/src/ui/Row.svelte', script("await import('../store/a.svelte.ts');"), 'web/src/store/a.svelte.ts'],
  ['web/src/ui/row.ts', "import V from '../views/log/View.svelte';", 'web/src/views/log/View.svelte'],
  ['web/src/ui/row.ts', "import { place } from '../lessons/place.ts';", 'web/src/lessons/place.ts'],
  [
    'web/src/link/live/live.ts',
    "import type { Row } from '../../store/rows/rows.ts';",
    'web/src/store/rows/rows.ts',
  ],
  [
    'web/src/link/live/live.ts',
    "export type { Study } from '../../lessons/study.ts';",
    'web/src/lessons/study.ts',
  ],
  ['web/src/link/live/live.ts', "import { plural } from '../../views/words.ts';", 'web/src/views/words.ts'],
  [
    'web/src/link/file/export/pieces.ts',
    "await import('../../../ui/download.ts');",
    'web/src/ui/download.ts',
  ],
  [
    'web/src/store/rows/rows.ts',
    "import type { Cell } from '../../views/log/cell.ts';",
    'web/src/views/log/cell.ts',
  ],
  [
    'web/src/store/rows/rows.ts',
    "type Study = import('../../lessons/study.ts').Study;",
    'web/src/lessons/study.ts',
  ],
  [
    'web/src/store/rows/rows.ts',
    "import { Columns } from '../columns/columns.ts';",
    'web/src/store/columns/columns.ts',
  ],
  [
    'web/src/store/rows/rows.ts',
    "import { Store } from '../store.svelte.ts';",
    'web/src/store/store.svelte.ts',
  ],
  ['web/src/store/rows/rows.ts', "import { x } from '../new/x.ts';", 'web/src/store/new/x.ts'],
  [
    'web/src/views/view.ts',
    "import { at } from '../store/testing/events.ts';",
    'web/src/store/testing/events.ts',
  ],
  ['web/src/store/a.svelte.ts', "import { Toasts } from '../ui/toasts.ts';", 'web/src/ui/toasts.ts'],
  [
    'web/src/lessons/study.ts',
    "import type { X } from '../views/lessons/x.ts';",
    'web/src/views/lessons/x.ts',
  ],
  ['web/src/lessons/study.ts', "import { Toasts } from '../ui/toasts.ts';", 'web/src/ui/toasts.ts'],
  ['agent/src/sockets/tcp/tcp.ts', "import type { WebSocket } from 'ws';", 'ws'],
  ['agent/src/sockets/tcp/tcp.ts', "import websocket from '@fastify/websocket';", '@fastify/websocket'],
  ['agent/src/sockets/socket.ts', "import { x } from '../gateway/http.ts';", 'agent/src/gateway/http.ts'],
];

/** @type {[string, string][]} */
const allowed = [
  ['shared/src/events/event.ts', "import { z } from 'zod/mini'; import { a } from './address.ts';"],
  ['shared/src/lessons/file/yaml.ts', "import { parseDocument } from 'yaml'; import { z } from 'zod/mini';"],
  ['shared/src/events/event.test.ts', "import { it } from 'vitest'; import { readFileSync } from 'node:fs';"],
  [
    'web/src/views/log/View.svelte',
    script("import { Event } from '@socket-playground/shared/events/event.ts';"),
  ],
  [
    'web/src/views/log/View.svelte',
    script("import { rowOf } from '../../store/rows/rows.ts'; import Tabs from '../../ui/Tabs.svelte';"),
  ],
  ['web/src/store/store.ts', "import type { Link } from '../link/link.ts';"],
  [
    'web/src/store/columns/columns.ts',
    "import { limits } from '../limits.ts'; import { lastOf } from '../rows/rows.ts'; import { arena } from './arena.ts';",
  ],
  ['web/src/lessons/study.ts', "import type { Store } from '../store/store.ts';"],
  ['web/src/link/conformance.test.ts', "import { opened } from '../store/testing/events.ts';"],
  [
    'agent/src/gateway/http.ts',
    "import fastify from 'fastify'; import { open } from '../sockets/socket.ts';",
  ],
  ['agent/src/app.ts', "// import { x } from '../../web/src/x.ts';"],
];

describe('import boundaries', () => {
  it.each(forbidden)('refuse in %s: %s', (path, text, target) => {
    expect(check({ [path]: text })).toEqual([expect.stringContaining(`${path} imports ${target}: `)]);
  });

  it.each(allowed)('allow in %s: %s', (path, text) => {
    expect(check({ [path]: text })).toEqual([]);
  });

  it('name a cycle once, across packages and components', () => {
    const found = check({
      'web/src/a.ts': "import B from './B.svelte';",
      'web/src/B.svelte': script("import { c } from './c.ts';"),
      'web/src/c.ts': "import { a } from './a.ts';",
    });
    expect(found).toEqual(['cycle: web/src/a.ts → web/src/B.svelte → web/src/c.ts → web/src/a.ts']);
  });
});

it('a source that nothing imports is named, unless a program begins there', () => {
  const files = {
    'agent/src/cli.ts': "import { x } from './x.ts';",
    'agent/src/x.ts': '',
    'agent/src/x.test.ts': '',
    'shared/src/dead.ts': '',
    'web/src/main.ts': "import A from './views/A.svelte';",
    'web/src/views/A.svelte': '',
    'web/src/views/Dead.svelte': '',
    'web/src/virtual.d.ts': '',
  };
  expect(unimported(new Map(Object.entries(files)))).toEqual([
    'shared/src/dead.ts: nothing imports it',
    'web/src/views/Dead.svelte: nothing imports it',
  ]);
});

/** @type {(code: string) => string} */
function script(code) {
  return `<script lang="ts">\n  ${code}\n</script>\n\n<p>text</p>\n`;
}
