import { expect, it, vi } from 'vitest';
import { forgetful, roomy, storageOf } from './browser-storage.ts';

it('is the page’s own while the browser stores nothing for it', () => {
  const storage = storageOf(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  storage.setItem('settings', '{}');
  expect([storage.getItem('settings'), storage.length, storage.key(0)]).toEqual(['{}', 1, 'settings']);
  storage.removeItem('settings');
  expect(storage.getItem('settings')).toBeNull();
});

it('is the page’s own while what the browser stored cannot be read', () => {
  const broken = forgetful();
  vi.spyOn(broken, 'getItem').mockImplementation(() => {
    throw new DOMException('The file is corrupt.', 'UnknownError');
  });
  const storage = storageOf(() => broken);
  storage.setItem('settings', '{}');
  expect(storage.getItem('settings')).toBe('{}');
});

it('remembers what the browser has no room for, and nothing older comes back in its place', () => {
  const browser = forgetful();
  browser.setItem('selection', 'old');
  vi.spyOn(browser, 'setItem').mockImplementationOnce(() => {
    throw new DOMException('There is no room.', 'QuotaExceededError');
  });
  const tab = roomy(browser);
  tab.setItem('selection', 'new');
  expect([tab.getItem('selection'), browser.getItem('selection')]).toEqual(['new', null]);
  tab.setItem('selection', 'newer');
  expect([tab.getItem('selection'), browser.getItem('selection')]).toEqual(['newer', 'newer']);
  tab.removeItem('selection');
  expect(tab.getItem('selection')).toBeNull();
});
