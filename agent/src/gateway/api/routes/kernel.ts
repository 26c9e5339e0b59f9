import { kernelView } from '@socket-playground/shared/kernel/view.ts';
import { answer, refused } from '../schemas.ts';
import type { ApiRoute } from './route.ts';

const summary =
  'How the kernel sees the TCP sockets: states, queues, timers. Sampled from its own table at most five times a second; ' +
  'where the system does not show it, `available` is false.';

/** `GET /api/kernel`: open sockets, and closed ones while the kernel still goes on with them. */
export const kernelRoute: ApiRoute = (app, { playground }) => {
  app.get(
    '/kernel',
    {
      schema: {
        operationId: 'kernel',
        summary,
        response: { 200: answer("The kernel's view.", kernelView), ...refused },
      },
    },
    () => playground.kernel(null),
  );
};
