import { expect, it } from 'vitest';
import { storageOf } from './browser-storage.ts';

it('is the page’s own while the browser stores nothing for it', () => {
  const storage = storageOf(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  storage.setItem('settings', '{}');
  expect([storage.getItem('settings'), storage.length, storage.key(0)]).toEqual(['{}', 1, 'settings']);
  storage.removeItem('settings');
  expect(storage.getItem('settings')).toBeNull();
});
