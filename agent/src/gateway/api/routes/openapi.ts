import type { ApiRoute } from './route.ts';
import { components } from '../components.ts';
import { answer, apiDocument, refused } from '../schemas.ts';

/** `GET /api/openapi.json`: this API, made from the schemas that check it. */
export const openApiRoute: ApiRoute = (app) => {
  const response = { 200: answer('This document.', apiDocument), ...refused };
  const schema = { operationId: 'openapi', summary: 'Read this document.', response };
  app.get('/openapi.json', { schema }, () => {
    const document = app.swagger();
    const { components: found = {} } = 'components' in document ? document : {};
    return { ...document, components: { ...found, schemas: components() } };
  });
};
