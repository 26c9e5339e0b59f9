import { describe, expect, it } from 'vitest';
import { after, lessonOf, started, word } from '../../test/lesson-conduct.ts';

describe('a rejection', () => {
  it('behind `not` holds only when no event that the name may stand for says otherwise', () => {
    const lesson = lessonOf({
      check: [
        { see: 'listening', as: 'mine' },
        { see: 'received', where: { of: '$mine' } },
      ],
      reject: [
        {
          see: 'connecting',
          where: { 'remote.port': { not: '$mine.local.port' } },
          says: 'That was port ${event.remote.port}.',
        },
      ],
    });
    const { log, attempt } = started(lesson);
    const [first, second] = [log.serve(), log.serve()];
    log.join(first);
    log.join(second);
    expect(after(lesson, attempt, log).news).toEqual([]);
    log.add({ type: 'connecting', socket: 90, remote: { host: '127.0.0.1', port: 9 } });
    expect(after(lesson, attempt, log).news).toMatchObject([{ is: 'rejected', says: 'That was port 9.' }]);
  });

  it('that keeps what was right before leaves the horizon where it is', () => {
    const lessonThat = (keep: boolean) =>
      lessonOf({
        check: [{ count: 'accepted', where: { listener: '$srv' }, min: 2 }],
        reject: [{ see: 'reset', says: 'Gently.', keep }],
      });
    for (const keep of [true, false]) {
      const { lesson, log, listener, attempt } = started(lessonThat(keep));
      log.reset(log.join(listener));
      log.join(listener);
      const { now, news } = after(lesson, attempt, log);
      expect(news[0]).toMatchObject({ is: 'rejected', says: 'Gently.' });
      expect(now.step).toBe(keep ? 1 : 0);
    }
  });

  it('of more than is counted says how many there may be', () => {
    const { lesson, log, listener, attempt } = started(
      lessonOf({ check: [{ count: 'accepted', where: { listener: '$srv' }, is: 2 }, { see: 'closed' }] }),
    );
    for (let calls = 0; calls < 3; calls += 1) log.join(listener);
    expect(after(lesson, attempt, log).news).toMatchObject([
      { is: 'rejected', says: 'That was more than 2. Begin this step again.' },
    ]);
  });

  it('of a stream quotes the whole line, however it came', () => {
    const lesson = lessonOf({
      check: [{ stream: { of: '$srv' }, dir: 'received', line: '${WORD}' }],
      reject: [
        { stream: { of: '$srv' }, dir: 'received', line: { not: '${WORD}' }, says: '“${line}”, not ${WORD}' },
      ],
    });
    const { log, listener, attempt } = started(lesson);
    const server = log.visit(listener);
    for (const piece of ['ha', 'py', '\n']) log.received(server, piece);
    expect(after(lesson, attempt, log).news).toMatchObject([{ says: `“hapy”, not ${word}` }]);
  });

  it('of a stream that keeps what was right is told of each wrong line when it is whole, and a right line may follow', () => {
    const lesson = lessonOf({
      check: [
        { stream: { of: '$srv' }, dir: 'received', contains: '${WORD}\r\n' },
        { stream: { of: '$srv' }, dir: 'received', contains: '${WORD}\n' },
      ],
      reject: [
        { stream: { of: '$srv' }, dir: 'received', line: { not: '${WORD}' }, says: '“${line}”', keep: true },
      ],
    });
    const { log, listener, attempt } = started(lesson);
    const server = log.visit(listener);
    for (const piece of [word, '\r\n', 'ha', 'py\n', 'hapyy', '\n', word, '\n']) log.received(server, piece);
    const { now, news } = after(lesson, attempt, log);
    expect(news).toMatchObject([
      { is: 'rejected', says: '“hapy”' },
      { is: 'rejected', says: '“hapyy”' },
      { is: 'passed' },
    ]);
    expect(now.step).toBe(1);
  });

  it('of what stands somewhere in a stream is told once, when it is there for the first time', () => {
    const lesson = lessonOf({
      check: [{ stream: { of: '$srv' }, dir: 'received', contains: '${WORD}' }],
      reject: [{ stream: { of: '$srv' }, dir: 'received', contains: 'hapy', says: 'hapy?', keep: true }],
    });
    const { log, listener, attempt } = started(lesson);
    const server = log.visit(listener);
    const news = (...pieces: readonly string[]) => {
      for (const piece of pieces) log.received(server, piece);
      return after(lesson, attempt, log).news.map(({ is }) => is);
    };
    expect(news('ha')).toEqual([]);
    expect(news('py')).toEqual(['rejected']);
    expect(news('!', 'hapy')).toEqual(['rejected']);
    expect(news(word)).toEqual(['rejected', 'passed']);
  });

  it('quotes a line end that came alone, and leaves it off elsewhere', () => {
    const lesson = lessonOf({
      check: [{ stream: { of: '$srv' }, dir: 'received', line: '${WORD}' }],
      reject: [{ see: 'received', where: { of: '$srv' }, says: 'It got “${text}”.' }],
    });
    for (const [came, quoted] of [
      ['\r\n', '\\r\\n'],
      ['hapy\r\n', 'hapy'],
    ] as const) {
      const { log, listener, attempt } = started(lesson);
      log.received(log.visit(listener), came);
      expect(after(lesson, attempt, log).news).toMatchObject([{ says: `It got “${quoted}”.` }]);
    }
  });

  it('too many of what is counted begins the step again', () => {
    const lesson = lessonOf({
      check: [
        { count: 'accepted', where: { listener: '$srv' }, is: 1 },
        { see: 'received', where: { of: '$srv' } },
      ],
    });
    const { log, listener, attempt } = started(lesson);
    log.visit(listener);
    const second = log.visit(listener);
    log.received(second, 'x');
    expect(after(lesson, attempt, log)).toMatchObject({ now: { step: 0 }, news: [{ is: 'rejected' }] });
    log.received(log.visit(listener), 'x');
    expect(after(lesson, attempt, log).now.step).toBe(1);
  });
});
