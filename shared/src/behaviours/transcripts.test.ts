/** The servers of the tutorials, byte by byte. */
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../payload/utf8.ts';
import { around, TestPeer } from '../../test/test-peer.ts';

const greeting = 'Welcome to the server. Type something and hit enter\n';

it('none does nothing by itself', () => {
  const talk = new TestPeer({ name: 'none' }).join().say('hello').feed({ type: 'drained' }).fin();
  expect(talk.take()).toEqual([]);
});

describe('ok', () => {
  it('answers each chunk with OK... and the chunk', () => {
    expect(new TestPeer({ name: 'ok' }).join().say('happy\r\n').say('b').fin().take()).toEqual([
      'OK...happy\r\n',
      'OK...b',
      'end',
    ]);
  });

  it('answers each datagram', () => {
    expect(new TestPeer({ name: 'ok' }, 'dgram').join().say('hello').say('').take()).toEqual([
      'OK...hello',
      'OK...',
    ]);
  });
});

describe('once', () => {
  it.each(['echo', 'ok'] as const)('%s answers the first chunk, ends, and hears nothing more', (name) => {
    const talk = new TestPeer({ name, once: true }).join().say('a').say('b').fin();
    expect(talk.take()).toEqual([name === 'ok' ? 'OK...a' : 'a', 'end']);
  });

  it.each(['echo', 'ok'] as const)('%s answers the first datagram and closes, the empty one too', (name) => {
    const talk = new TestPeer({ name, once: true }, 'dgram').join().say('').say('b');
    expect(talk.take()).toEqual([name === 'ok' ? 'OK...' : '', 'close']);
  });

  it('ends when the peer does without a word', () => {
    expect(new TestPeer({ name: 'echo', once: true }).join().fin().take()).toEqual(['end']);
  });
});

it('welcome greets, then does as ok', () => {
  const talk = new TestPeer({ name: 'welcome' }).join();
  expect(talk.take()).toEqual([greeting]);
  expect(talk.say('hi\r\n').fin().take()).toEqual(['OK...hi\r\n', 'end']);
});

describe('collect', () => {
  it('waits for the end, then answers everything at once', () => {
    const talk = new TestPeer({ name: 'collect' }).join().say('one').say('two').say('three');
    expect(talk.take()).toEqual([]);
    expect(talk.fin().take()).toEqual(['OK...onetwothree', 'end']);
  });

  it('answers an empty stream too', () => {
    expect(new TestPeer({ name: 'collect' }).join().fin().take()).toEqual(['OK...', 'end']);
  });

  it('keeps up to its limit, and gives up out loud past it', () => {
    const { keepBytes } = around('stream');
    const full = new TestPeer({ name: 'collect' })
      .join()
      .say(new Uint8Array(keepBytes - 1))
      .say('x');
    expect(full.fin().sent()).toHaveLength(keepBytes + 'OK...'.length);
    const over = new TestPeer({ name: 'collect' })
      .join()
      .say(new Uint8Array(keepBytes))
      .say('x')
      .say('y')
      .fin();
    expect(over.actions).toEqual([{ type: 'fail', code: 'behaviour-full' }]);
  });

  it('takes many small chunks in its stride', () => {
    const most = { ...around('stream'), keepBytes: 1_000_000 };
    const talk = new TestPeer({ name: 'collect' }, 'stream', most).join();
    for (let count = 0; count < 200_000; count += 1) talk.say('x');
    expect(talk.fin().sent()).toHaveLength(200_005);
  });
});

it('upper changes a to z and nothing else', () => {
  const bytes = encodeUtf8('az{`AZ é\n');
  const latin = Uint8Array.of(0xe9, 0xff, 0x00);
  const talk = new TestPeer({ name: 'upper' }).join().say(bytes).say(latin).fin();
  expect(talk.actions).toEqual([
    { type: 'send', data: encodeUtf8('AZ{`AZ é\n') },
    { type: 'send', data: latin },
    { type: 'end' },
  ]);
});

describe('chat', () => {
  it('tells the others who comes, what is said, and who goes', () => {
    const talk = new TestPeer({ name: 'chat' }).join();
    expect(talk.take()).toEqual(['tell [127.0.0.1:40312] entered room\n']);
    expect(talk.say('hello\r\n').say('x').take()).toEqual([
      "tell \r<('127.0.0.1', 40312)> hello\r\n",
      "tell \r<('127.0.0.1', 40312)> x",
    ]);
    expect(talk.fin().take()).toEqual(['tell Client (127.0.0.1, 40312) is offline\n', 'end']);
  });

  it('tells of a member that is reset, and of each only once', () => {
    const left = { type: 'left', peer: { host: '::1', port: 5 } } as const;
    const reset = new TestPeer({ name: 'chat' }).feed({ type: 'joined', peer: left.peer });
    reset.take();
    expect(reset.feed(left).take()).toEqual(['tell Client (::1, 5) is offline\n']);
    expect(reset.feed(left).take()).toEqual([]);
    const ended = new TestPeer({ name: 'chat' }).join().fin();
    ended.take();
    expect(ended.feed(left).take()).toEqual([]);
  });

  it('passes bytes on as they are', () => {
    const noText = Uint8Array.of(0xff, 0x00, 0x1b);
    const [said] = new TestPeer({ name: 'chat' }).say(noText).actions;
    expect(said?.type === 'tell' && said.data.slice(-3)).toEqual(noText);
  });
});

describe('reset', () => {
  it('resets on the first bytes', () => {
    expect(new TestPeer({ name: 'reset' }).join().say('a').say('b').fin().take()).toEqual(['reset']);
  });

  it('ends with a peer that says nothing', () => {
    expect(new TestPeer({ name: 'reset' }).join().fin().take()).toEqual(['end']);
  });
});
