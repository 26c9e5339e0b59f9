import { describe, expect, it } from 'vitest';
import { bannerOf } from './model.ts';

const scene = { status: { is: 'live' }, met: true, lastSeq: 13475, retryInS: 3 } as const;

describe('the banner', () => {
  it('is not there while all is well, nor before the first connection', () => {
    expect(bannerOf(scene)).toBeNull();
    expect(bannerOf({ ...scene, status: { is: 'connecting' }, met: false })).toBeNull();
  });

  it('counts down, and says where the rows stop', () => {
    expect(bannerOf({ ...scene, status: { is: 'lost', retryInMs: 3000 } })).toEqual({
      title: 'The agent does not answer.',
      detail: 'Its sockets may still be open. Trying again in 3 s. What you see stops at No. 13,475.',
      action: { label: 'Try now', does: 'retry' },
    });
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
});
