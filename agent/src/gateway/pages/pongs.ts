import type { WebSocket } from '@fastify/websocket';

/**
 * Answers pings. While the kernel has not taken an answer, only the newest ping that came meanwhile is remembered, and
 * answered next (RFC 6455 §5.5.3 allows it). So a burst costs one answer or two; ws by itself would cut the link without
 * a word once too many wait.
 */
export function answerPings(socket: WebSocket): void {
  let isUnderWay = false;
  let newest: Buffer | null = null;
  const answer = (data: Buffer) => {
    isUnderWay = true;
    socket.pong(data, false, answered);
  };
  const answered = () => {
    isUnderWay = false;
    const next = newest;
    newest = null;
    if (next !== null && socket.readyState === socket.OPEN) answer(next);
  };
  socket.on('ping', (data: Buffer) => {
    if (isUnderWay) newest = data;
    else answer(data);
  });
}
