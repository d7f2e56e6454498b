import { manifestForms } from '@quarterdeck/assistant';
import { KeptOpenApi, OpenApiDocuments, planEdit, schemaOfKind } from '@quarterdeck/cluster';
import { groupOf, routes } from '@quarterdeck/contract';
import { askingActor } from '../assistant/open-assistant.ts';
import { checkManifests } from '../manifests/check-manifests.ts';
import { manifestByTemplate, writtenManifest } from '../manifests/write-manifest.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type EditRoutes = 'getKindSchema' | 'planEdit' | 'checkManifests' | 'writeManifest' | 'listManifestForms';

/** What one needs who edits objects or writes new ones: schemas, what an edit is, what would come of a text, forms. */
export function editHandlers({ clusters, assistant }: Services): Pick<RouteHandlers, EditRoutes> {
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
    planEdit: handle(routes.planEdit, async ({ cluster, ...edit }, call) =>
      planEdit(await clusters.seenBy(call).get(cluster).access(), edit, kept, call.signal),
    ),
    checkManifests: handle(routes.checkManifests, async ({ cluster, text, namespace }, call) => {
      const seen = clusters.seenBy(call).get(cluster);
      const kinds = await seen.kinds(call.signal);
      return checkManifests(await seen.access(), { text, namespace, kinds }, call.signal);
    }),
    writeManifest: handle(routes.writeManifest, async ({ cluster, description, namespace, model }, call) => {
      const access = await clusters.seenBy(call).get(cluster).access();
      if (!model) return manifestByTemplate(access, description, namespace, call.signal);
      const open = await assistant.get();
      return writtenManifest(await open.manifest(askingActor(call), { cluster, description, namespace, access }, call.signal));
    }),
    listManifestForms: handle(routes.listManifestForms, () => manifestForms()),
  };
}
