import { createSocket } from 'node:dgram';
import { constants } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { problemOfError } from './kernel-problem.ts';

it('what the kernel says of a buffer is told, not the error that Node makes of it', () => {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  const set = () => socket.setRecvBufferSize(4_096);
  expect(set).toThrow(expect.objectContaining({ code: 'ERR_SOCKET_BUFFER_SIZE' }));
  try {
    set();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code, errno } = problemOfError(error, { during: 'setsockopt' });
    expect({ code, errno }).toEqual({ code: 'EBADF', errno: constants.errno.EBADF });
  }
  expect.assertions(2);
});
