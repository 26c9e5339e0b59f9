import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { ApiRoute } from './route.ts';
import { answer, refused, socketList } from '../schemas.ts';
import type { SocketSummary } from '../schemas.ts';

function summaryOf(state: SocketState): SocketSummary[] {
  if (state.state === 'closed') return [];
  const { socket, family, socketType, role, paused, blocked, local, remote, behaviour, listener, label } =
    state;
  const { bytesSent, bytesReceived, eventsSent, eventsReceived } = state;
  return [
    {
      ...{ socket, family, socketType, role, state: state.state, paused, blocked },
      ...{ local, remote, behaviour, listener, label },
      ...{ bytesSent, bytesReceived, eventsSent, eventsReceived },
    },
  ];
}

/** `GET /api/sockets`: the open ones, in the order they were opened. Their events can be read by then. */
export const socketsRoute: ApiRoute = (app, { playground }) => {
  app.get(
    '/sockets',
    {
      schema: {
        operationId: 'sockets',
        summary: 'List the open sockets.',
        response: { 200: answer('The open sockets.', socketList), ...refused },
      },
    },
    async () => {
      const sockets = playground.sockets().flatMap(summaryOf);
      await playground.journal.settle();
      return { sockets };
    },
  );
};
