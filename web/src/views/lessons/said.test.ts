import { describe, expect, it } from 'vitest';
import { inTwo } from './said.ts';

describe('what is said to an attempt', () => {
  it.each([
    ['Not 80. Read the port under Source. 8888 is the server’s.', 'Not 80.'],
    ['Nothing listens on 127.0.0.1:9000 yet. Open a server there.', 'Nothing listens on 127.0.0.1:9000 yet.'],
    ['Which one? Look again.', 'Which one?'],
    ['The server got another word than happy.', 'The server got another word than happy.'],
    ['The server got “Hi! there”. Send happy.', 'The server got “Hi! there”.'],
    ['The server read “GET /? HTTP/1.1”. Leave the query off.', 'The server read “GET /? HTTP/1.1”.'],
    ['“Hello.\r\nyou” came. Send one line.', '“Hello.\r\nyou” came.'],
    ['It ends in an open “Hi! there', 'It ends in an open “Hi!'],
    ['no sentence', 'no sentence'],
    ['', ''],
  ])('%j begins with %j, and nothing of it is lost', (says, first) => {
    expect(inTwo(says).first).toBe(first);
    expect(`${inTwo(says).first} ${inTwo(says).rest}`.trim()).toBe(says);
  });
});
