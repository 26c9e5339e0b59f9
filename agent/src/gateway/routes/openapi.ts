import type { ApiRoute } from './route.ts';
import { components } from '../components.ts';

/** `GET /api/openapi.json`: this API, made from the schemas that check it. */
export const openApiRoute: ApiRoute = (app) => {
  app.get('/openapi.json', { schema: { operationId: 'openapi', summary: 'Read this document.' } }, () => {
    const document = app.swagger();
    const { components: found = {} } = 'components' in document ? document : {};
    return { ...document, components: { ...found, schemas: components() } };
  });
};
