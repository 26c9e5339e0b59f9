/** Kept sessions that somebody else wrote, asked for over HTTP: each is answered, whatever it says of itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { SessionFolder } from '../src/sessions/folder.ts';
import type { Sessions } from '../src/sessions/sessions.ts';
import { startTestAgent } from './agent.ts';
import { temporaryFolder, testEpoch } from './disk.ts';
import { PlaygroundDouble } from './double.ts';

const id = '2026-11-21T04-24-05-00000001';

class WithFolder extends PlaygroundDouble {
  override readonly sessions: Sessions;

  constructor(folder: SessionFolder) {
    super();
    this.sessions = {
      list: () => folder.list(null),
      open: async (asked) => {
        const kept = await folder.open(asked);
        if (kept === null) return null;
        const { tornBytes, hasEnded } = kept;
        return { id: asked, source: kept, tornBytes, isCutShort: !hasEnded, close: () => kept.close() };
      },
    };
  }
}

/** An agent with one kept session, of a run with this name. */
async function agentWith(epoch: string) {
  const path = temporaryFolder();
  const { started } = testEpoch;
  const head = { epoch, started, pid: 0, first: 1, follows: 0, standing: [] };
  writeFileSync(join(path, id), writeSegmentHead(head));
  const playground = new WithFolder(new SessionFolder(path));
  return startTestAgent({ playground });
}

test.each([
  ['of any language', 'größe.pcap', 'gr%c3%b6%c3%9fe.pcap'],
  ['that would be a header of its own', 'e\r\nSet-Cookie: a=b', 'e%0d%0aSet-Cookie:%20a=b'],
  ['that is half a character', 'a\ud800%', 'a%ef%bf%bd%25'],
  ['of ours', testEpoch.id, testEpoch.id],
])('a run with a name %s', async (_, epoch, told) => {
  const agent = await agentWith(epoch);
  for (const query of ['', '?format=json', '?progress=1', '?redact=1']) {
    const response = await agent.get(`/api/sessions/${id}${query}`);
    expect([response.status, response.headers.get('epoch')]).toEqual([200, told]);
    expect(response.headers.get('set-cookie')).toBeNull();
    await response.arrayBuffer();
  }
});

test('a run whose name is a secret does not tell it in a file to hand on', async () => {
  const agent = await agentWith('of hunter2.pcap');
  for (const format of ['session', 'pcapng'])
    for (const progress of ['0', '1']) {
      const path = `/api/sessions/${id}?format=${format}&progress=${progress}`;
      expect(await (await agent.get(path)).text()).toContain('hunter2');
      expect(await (await agent.get(`${path}&hide=hunter2`)).text()).not.toContain('hunter2');
    }
});
