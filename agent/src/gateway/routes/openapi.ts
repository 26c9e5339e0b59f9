import type { ApiRoute } from '../api.ts';

/** `GET /api/openapi.json`: this API, made from the schemas that check it. */
export const openApiRoute: ApiRoute = (app) => {
  app.get('/openapi.json', { schema: { operationId: 'openapi', summary: 'Read this document.' } }, () =>
    app.swagger(),
  );
};
