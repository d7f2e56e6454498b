import { KeptOpenApi, OpenApiDocuments, schemaOfKind } from '@quarterdeck/cluster';
import { groupOf, routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type EditRoutes = 'getKindSchema';

/** What an editor of objects needs: their schemas. */
export function editHandlers({ clusters }: Services): Pick<RouteHandlers, EditRoutes> {
  const kept = new KeptOpenApi();
  return {
    getKindSchema: handle(routes.getKindSchema, async ({ cluster, apiVersion, kind }, call) => {
      const seen = clusters.seenBy(call).get(cluster);
      const group = groupOf(apiVersion);
      // What is hidden has no schema either; another version than the preferred one has its own.
      const { namespaced } = await seen.kind(group === '' ? kind : `${kind}.${group}`, call.signal);
      const schemas = await new OpenApiDocuments(await seen.access(), kept).schemas(apiVersion, call.signal);
      return schemaOfKind(schemas, { apiVersion, kind, namespaced });
    }),
  };
}
