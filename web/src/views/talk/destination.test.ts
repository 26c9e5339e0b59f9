import { describe, expect, it } from 'vitest';
import { destinationOf, destinationText, isMiswritten, missingIn, readDestination } from './destination.ts';

describe('where a datagram goes', () => {
  it.each([
    [{ host: ' ', port: '1' }, 'host'],
    [{ host: 'a', port: '' }, 'port'],
    [{ host: 'a', port: '0' }, 'port'],
    [{ host: 'a', port: '65536' }, 'port'],
    [{ host: '10.0.0.1:9, 10.0.0.2:9', port: '' }, 'host'],
    [{ host: '10.0.0.1', port: '9, 10.0.0.2' }, 'host'],
  ])('%j is wrong in one field', (destination, field) => {
    expect(readDestination(destination)).toMatchObject({ field });
  });

  it.each([
    ['127.0.0.1:9000', '127.0.0.1', '9000'],
    ['[::1]:9000', '::1', '9000'],
    ['[::1]', '::1', ''],
    ['localhost', 'localhost', ''],
    ['localhost:90', 'localhost', '90'],
    ['', '', ''],
  ])('%j is written in one line', (text, host, port) => {
    expect(destinationOf(text)).toEqual({ host, port });
    expect(destinationText({ host, port })).toBe(text);
  });

  it('may be an IPv6 address by itself, until it has a port', () => {
    expect(destinationOf('::1')).toEqual({ host: '::1', port: '' });
    expect(readDestination(destinationOf('::1:9'))).toEqual({
      field: 'port',
      wrong: 'Say the port too, as in [::1:9]:9000.',
    });
  });

  it('tells what is missing from what is wrong', () => {
    expect(missingIn(destinationOf('10.0.0.1'))).toBe('Say the port too, as in 10.0.0.1:9000.');
    expect(missingIn(destinationOf(''))).toBe('Say where to: an address or a name.');
    expect(missingIn(destinationOf('10.0.0.1:9'))).toBeNull();
    for (const text of ['10.0.0.1:99999', '10.0.0.1:9, 10.0.0.2:9', '10.0.0.1:9 10.0.0.2']) {
      expect(missingIn(destinationOf(text))).toBeNull();
      expect(isMiswritten(destinationOf(text))).toBe(true);
    }
  });
});
