import { ProblemError } from '../../http/errors.ts';
import { requireBody } from '../../http/json-body.ts';
import { answer, commandBody, refused, success } from '../schemas.ts';
import type { ApiRoute } from './route.ts';

/** `POST /api/commands`: one command in, what it came to out. The same handlers run as for the page. */
export const commandRoute: ApiRoute = (app, { playground }) => {
  app.post(
    '/commands',
    {
      schema: {
        operationId: 'command',
        summary: 'Run one command: one system call, or a few in a row.',
        consumes: ['application/json'],
        body: commandBody,
        response: { 200: answer('What the command came to.', success), ...refused },
      },
      // The playground checks a command itself, so that page and scripts are refused alike.
      validatorCompiler: () => () => true,
    },
    async (request) => {
      const outcome = await playground.execute(requireBody(request.body));
      if (!outcome.ok) throw new ProblemError(outcome.problem);
      return outcome;
    },
  );
};
