import { describe, expect, it } from 'vitest';
import { inTwo } from './said.ts';

describe('what is said to an attempt', () => {
  it.each([
    ['Not 80. Read the port under Source. 8888 is the server’s.', 'Not 80.'],
    ['Nothing listens on 127.0.0.1:9000 yet. Open a server there.', 'Nothing listens on 127.0.0.1:9000 yet.'],
    ['Which one? Look again.', 'Which one?'],
    ['The server got another word than happy.', 'The server got another word than happy.'],
    ['no sentence', 'no sentence'],
    ['', ''],
  ])('%j begins with %j, and nothing of it is lost', (says, first) => {
    expect(inTwo(says).first).toBe(first);
    expect(`${inTwo(says).first} ${inTwo(says).rest}`.trim()).toBe(says);
  });
});
