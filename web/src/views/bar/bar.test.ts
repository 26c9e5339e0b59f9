import { describe, expect, it } from 'vitest';
import { lampOf } from './model.ts';

const words = (status: Parameters<typeof lampOf>[0]) => lampOf(status, '127.0.0.1:7654').words;

describe('the lamp of a recording', () => {
  it('says how much is read, in steps that can be listened to', () => {
    expect(words({ is: 'reading', done: 0, total: 0 })).toBe('reading a recording');
    expect(words({ is: 'reading', done: 43, total: 100 })).toBe('reading a recording, 40%');
    expect(words({ is: 'reading', done: 120, total: 100 })).toBe('reading a recording, 100%');
  });

  it('says that it is one, and what is lost of it', () => {
    expect(words({ is: 'read', holds: 'events', tornBytes: 0 })).toBe('recording');
    expect(words({ is: 'read', holds: 'events', tornBytes: 17 })).toBe(
      'recording, cut off at the end: 17 bytes lost',
    );
  });
});
