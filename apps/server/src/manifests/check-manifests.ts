import { checkPolicy, type MadeObject, podOf, tryOne } from '@quarterdeck/assistant';
import { applyOrder, type ClusterAccess, manifestChanges, previewChanges, readDocuments } from '@quarterdeck/cluster';
import type { BulkPreview, Change, CheckedDocument, CheckedManifests, ManifestProblem, ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';

export interface ManifestText {
  text: string;
  /** For objects that name none. */
  namespace: string;
  kinds: readonly ResourceKind[];
}

type Previewed = BulkPreview['items'][number];

/**
 * What would come of applying each document, in the order in which they can be applied. Throws VALIDATION_ERROR or
 * NOT_FOUND for a text that can't be read or names a kind that is not served, with document and line.
 */
export async function checkManifests(access: ClusterAccess, { text, namespace, kinds }: ManifestText, signal: AbortSignal): Promise<CheckedManifests> {
  const options = { verb: 'apply', kinds, namespace, force: false, enforceNamespace: false } as const;
  const changes = applyOrder(manifestChanges(readDocuments(text, 'text'), options));
  if (changes.length === 0) return { documents: [] };
  const { items } = await previewChanges(access, changes, signal);
  const madeHere = new Set(items.filter((item) => item.target.kind === 'Namespace' && createdBy(item)).map(({ target }) => target.name));
  const documents = await Promise.all(
    changes.map((change, index) => {
      const { namespace: within } = change.target;
      return documentOf(access, change, items[index], within !== null && madeHere.has(within), signal);
    }),
  );
  return { documents };
}

function createdBy(item: Previewed): boolean {
  return item.outcome === 'previewed' && item.preview.before === null;
}

async function documentOf(access: ClusterAccess, change: Change, item: Previewed | undefined, untried: boolean, signal: AbortSignal): Promise<CheckedDocument> {
  if (item === undefined || item.outcome === 'failed') {
    const { error = 'It was not tried.', code = 'INTERNAL_ERROR', hint } = item?.error ?? {};
    return { change, outcome: 'refused', problems: [{ source: 'server', advice: false, code, path: null, message: error, hint: hint ?? null }], conflicts: [] };
  }
  const { preview } = item;
  const warnings = preview.warnings.map((message): ManifestProblem => ({ source: 'server', advice: true, code: 'warning', path: null, message, hint: null }));
  const outcome = untried ? 'untried' : preview.before === null ? 'created' : preview.diff.fields.length === 0 ? 'unchanged' : 'changed';
  const object = objectOf(change);
  // What the server would not take for an object is none to give advice on.
  const pods = object === null || outcome !== 'created' ? [] : await problemsOfPods(access, object, signal);
  return { change, outcome, problems: [...warnings, ...pods, ...(object === null ? [] : adviceOn(object))], conflicts: preview.conflicts };
}

/** A quota or admission refuses pods only when a workload makes them: one is tried. */
async function problemsOfPods(access: ClusterAccess, object: MadeObject, signal: AbortSignal): Promise<ManifestProblem[]> {
  const tried = await Promise.all(podOf(object).map((pod) => tryOne(access, pod, object, signal)));
  // The workload is taken all the same: it is told, and does not stand in the way.
  return tried.flatMap(({ problems }) =>
    problems.map(({ code, message }) => ({ source: 'server', advice: true, code, path: null, message, hint: null }) as const),
  );
}

function adviceOn(object: MadeObject): ManifestProblem[] {
  return checkPolicy([object]).map(({ code, path, message }) => ({ source: 'policy', advice: true, code, path, message, hint: null }));
}

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().exactOptional(),
    labels: z.record(z.string(), z.string()).exactOptional(),
    annotations: z.record(z.string(), z.string()).exactOptional(),
  }),
});

function objectOf(change: Change): MadeObject | null {
  return change.verb === 'apply' ? (objectSchema.safeParse(change.manifest).data ?? null) : null;
}
