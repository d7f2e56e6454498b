import type { ClusterAccess } from '@quarterdeck/cluster';
import { type ManifestFiles, readManifests } from '../changes/read-manifests.ts';
import type { CommandContext } from '../context.ts';
import { type ResourceQuery, resourceQueries } from './resource-query.ts';
import { resourceTypes } from './resource-type.ts';

export interface QueryWords extends ManifestFiles {
  words: readonly string[];
}

/** What is asked for by words, or by files; objects of files are where the files say. Throws as `resourceQueries` and `readManifests`. */
export async function queriesOf(
  access: ClusterAccess,
  asked: QueryWords,
  { namespace, context }: { namespace: string | null; context: CommandContext },
): Promise<{ queries: ResourceQuery[]; namespace: string | null }> {
  if (asked.filename.length === 0 && asked.kustomize === undefined) return { queries: await resourceQueries(access, asked.words, context.signal), namespace };
  const session = { access, namespace: namespace ?? 'default', choice: { dryRun: 'none' as const }, context };
  const changes = await readManifests(session, asked, { verb: 'delete' });
  const queries: ResourceQuery[] = [];
  for (const { target } of changes) {
    const group = target.apiVersion.includes('/') ? `.${target.apiVersion.split('/')[0]}` : '';
    for (const type of await resourceTypes(access, group === '' ? target.kind : `${target.kind}${group}`, context.signal))
      queries.push({ type, names: [target.name] });
  }
  return { queries, namespace: changes.find(({ target }) => target.namespace !== null)?.target.namespace ?? namespace };
}
