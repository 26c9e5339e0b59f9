import { describe, expect, it } from 'vitest';
import { bannerOf } from './model.ts';

const scene = {
  status: { is: 'live' },
  met: true,
  lastSeq: 13475,
  retryInS: 3,
  isRecording: false,
  open: 2,
} as const;

describe('the banner', () => {
  it('is not there while all is well, nor before the first connection', () => {
    expect(bannerOf(scene)).toBeNull();
    expect(bannerOf({ ...scene, status: { is: 'connecting' }, met: false })).toBeNull();
  });

  it('counts down, and says where the rows stop', () => {
    expect(bannerOf({ ...scene, status: { is: 'lost', retryInMs: 3000 } })).toEqual({
      tone: 'trouble',
      code: null,
      title: 'The agent does not answer.',
      detail: 'Its sockets may still be open. Trying again in 3 s. What you see stops at No. 13,475.',
      action: { label: 'Try now', does: 'retry' },
    });
  });

  it('speaks of open sockets only where there were some', () => {
    for (const status of [
      { is: 'lost', retryInMs: 3000 },
      { is: 'connecting' },
      { is: 'refused' },
    ] as const) {
      expect(bannerOf({ ...scene, status })?.detail).toContain('sockets');
      expect(bannerOf({ ...scene, status, open: 0 })?.detail).not.toContain('sockets');
    }
  });

  it('does not vanish while the next try is under way', () => {
    expect(bannerOf({ ...scene, status: { is: 'connecting' } })?.title).toBe('The agent does not answer.');
  });

  it('of a restarted agent says how to get the new link, and offers no vain retry', () => {
    const banner = bannerOf({ ...scene, status: { is: 'refused' } });
    expect(banner?.detail).toContain('npm start');
    expect(banner?.detail).toContain('The rows below stay.');
    expect(banner?.action).toBeNull();
  });

  it('of another version offers to reload', () => {
    expect(bannerOf({ ...scene, status: { is: 'mismatch' } })?.action?.does).toBe('reload');
  });

  it('of a recording is not there while it is read, nor when it is whole', () => {
    const recording = { ...scene, isRecording: true };
    expect(bannerOf({ ...recording, status: { is: 'reading', done: 1, total: 2 } })).toBeNull();
    expect(bannerOf({ ...recording, status: { is: 'read', holds: 'events', tornBytes: 0 } })).toBeNull();
  });

  it('of a recording that was cut off says how much is lost', () => {
    const banner = bannerOf({
      ...scene,
      isRecording: true,
      status: { is: 'read', holds: 'events', tornBytes: 17 },
    });
    expect(banner?.tone).toBe('note');
    expect(banner?.title).toBe('The end of this session cannot be read.');
    expect(banner?.detail).toContain(
      '17 bytes at its end are no whole event: it was cut off there, or is damaged.',
    );
  });

  it('of a capture says which part of it holds no packets', () => {
    const status = { is: 'read', holds: 'packets', tornBytes: 1_700 } as const;
    expect(bannerOf({ ...scene, isRecording: true, status })).toMatchObject({
      tone: 'note',
      title: 'The end of this capture cannot be read.',
      detail:
        'Its last 1,700 bytes are no whole packets: it was cut off there, or is damaged. Every packet before is here.',
    });
  });

  it('of a refused file has its code, what to do, and a way out; nothing in it hides', () => {
    const problem = { code: 'not-a-session', message: 'No \u202esession.', hint: 'Open another.' };
    expect(bannerOf({ ...scene, isRecording: true, status: { is: 'unreadable', problem } })).toMatchObject({
      code: 'not-a-session',
      title: expect.not.stringContaining('\u202e') as string,
      detail: 'Open another.',
      action: { label: 'Close', does: 'close' },
    });
  });

  it('of a recording says nothing of open sockets while the agent is away', () => {
    const banner = bannerOf({ ...scene, isRecording: true, status: { is: 'lost', retryInMs: 3000 } });
    expect(banner?.detail).not.toContain('sockets');
  });
});
