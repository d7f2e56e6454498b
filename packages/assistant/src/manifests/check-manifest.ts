import type { ClusterAccess, ClusterSnapshot, KindCoverage } from '@quarterdeck/cluster';
import { OpenApiDocuments, previewChange } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, type KubeObject, toAppError } from '@quarterdeck/contract';
import { lintSnapshot } from '@quarterdeck/diagnosis';
import * as z from 'zod';
import { checkSchema } from './check-schema.ts';
import { objectLabel, type Problem } from './problem.ts';
import type { MadeObject } from './wanted.ts';

export interface CheckedManifest {
  problems: Problem[];
  /** What could not be asked, and why: a manifest is only as checked as this says. */
  unchecked: string[];
}

/** Asks the cluster's schemas, its dry run and the checks of the lint layer. Throws CANCELLED alone. */
export async function checkManifest(access: ClusterAccess, objects: readonly MadeObject[], signal: AbortSignal): Promise<CheckedManifest> {
  const policy = checkPolicy(objects);
  if (access.api === null) return { problems: policy, unchecked: ['A recording has no API server: neither its schemas nor a dry run were asked.'] };
  const schema = await checkSchemas(access, objects, signal);
  // What the schema refuses, the server refuses in less exact words.
  const server = schema.problems.length > 0 ? { problems: [], unchecked: [] } : await dryRun(access, objects, signal);
  return { problems: [...schema.problems, ...server.problems, ...policy], unchecked: [...schema.unchecked, ...server.unchecked] };
}

async function checkSchemas(access: ClusterAccess, objects: readonly MadeObject[], signal: AbortSignal): Promise<CheckedManifest> {
  const documents = new OpenApiDocuments(access);
  const checked: CheckedManifest = { problems: [], unchecked: [] };
  for (const object of objects) {
    try {
      checked.problems.push(...checkSchema(object, await documents.schemas(object.apiVersion, signal)));
    } catch (thrown) {
      signal.throwIfAborted();
      checked.unchecked.push(`${objectLabel(object)} against the schema: ${toAppError(thrown).message}`);
    }
  }
  return checked;
}

async function dryRun(access: ClusterAccess, objects: readonly MadeObject[], signal: AbortSignal): Promise<CheckedManifest> {
  const created = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  const checked: CheckedManifest = { problems: [], unchecked: [] };
  for (const object of objects) {
    const { namespace = null } = object.metadata;
    if (namespace !== null && created.has(namespace)) {
      checked.unchecked.push(`${objectLabel(object)} by dry run: its namespace is created with it.`);
      continue;
    }
    for (const tried of [object, ...podOf(object)]) {
      const { problems, unchecked } = await tryOne(access, tried, object, signal);
      checked.problems.push(...problems);
      checked.unchecked.push(...unchecked);
      if (problems.some(({ advice }) => !advice)) break;
    }
  }
  return checked;
}

/** Quotas and admission look at the pods, which a workload makes later: one of them is tried as well. */
export function podOf({ metadata: { name, namespace }, spec, kind }: MadeObject): MadeObject[] {
  const parsed = (kind === 'CronJob' ? cronTemplateSchema : templateSchema).safeParse(spec);
  if (!parsed.success) return [];
  const template = 'jobTemplate' in parsed.data ? parsed.data.jobTemplate.spec.template : parsed.data.template;
  // What StatefulSets claim is there only later.
  const volumes =
    z.object({ volumeClaimTemplates: z.array(z.object({ metadata: z.object({ name: z.string() }) })) }).safeParse(spec).data?.volumeClaimTemplates ?? [];
  const claims = volumes.length === 0 ? {} : { volumes: volumes.map((volume) => ({ name: volume.metadata.name, emptyDir: {} })) };
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name: `${name}-try`, ...(namespace === undefined ? {} : { namespace }) },
      spec: { ...template.spec, ...claims },
    },
  ];
}

const podTemplateSchema = z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }), spec: z.record(z.string(), z.unknown()) });
const templateSchema = z.object({ template: podTemplateSchema });
const cronTemplateSchema = z.object({ jobTemplate: z.object({ spec: templateSchema }) });

/** What the API server says of `tried`, which is the object or a pod of it. Throws CANCELLED alone. */
export async function tryOne(access: ClusterAccess, tried: MadeObject, object: MadeObject, signal: AbortSignal): Promise<CheckedManifest> {
  const { apiVersion, kind, metadata } = tried;
  try {
    const target = { apiVersion, kind, namespace: metadata.namespace ?? null, name: metadata.name };
    const { warnings } = await previewChange(access, { verb: 'create', target, manifest: tried }, signal);
    return { problems: warnings.map((message) => problemOf(object, 'warning', message, true)), unchecked: [] };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message } = toAppError(thrown);
    const isOwn = tried === object;
    // Whoever may create a workload need not be allowed to create pods; a quota refuses in the same words.
    if (!isOwn && code === 'FORBIDDEN' && /cannot create resource/.test(message))
      return { problems: [], unchecked: [`The pods of ${objectLabel(object)} by dry run: ${message}`] };
    return { problems: [problemOf(object, code, isOwn ? message : `its pods would be refused: ${message}`, false)], unchecked: [] };
  }
}

function problemOf(object: MadeObject, code: string, message: string, advice: boolean): Problem {
  return { source: 'server', advice, code, object: objectLabel(object), path: null, message };
}

/** Only what the objects say of themselves: what they refer to may be in the cluster. */
const alone = new Set([
  ...[
    'memory-limit-missing',
    'resources-none',
    'readiness-probe-missing',
    'image-latest',
    'image-untagged',
    'privileged-container',
    'privilege-escalation',
    'host-namespace',
  ],
  ...[
    'mighty-capability',
    'sensitive-host-path',
    'cronjob-may-pile-up',
    'cronjob-deadline-short',
    'liveness-probe-hasty',
    'env-duplicate',
    'port-duplicate',
    'single-replica',
    'runs-as-root',
  ],
  ...['role-wildcard', 'role-escalates', 'autoscaler-fixed', 'rollout-takes-all-down', 'image-registry-frozen'],
]);

/** What is well-formed and still not wise, as far as objects say it of themselves. */
export function checkPolicy(objects: readonly MadeObject[]): Problem[] {
  const { advice } = lintSnapshot(snapshotOf(objects));
  return advice
    .filter(({ check }) => alone.has(check))
    .flatMap(({ check, object, places }) =>
      places.map(({ path, message }): Problem => ({ source: 'policy', advice: true, code: check, object: `${object.kind} ${object.name}`, path, message })),
    );
}

function snapshotOf(objects: readonly MadeObject[]): ClusterSnapshot {
  const read: Partial<Record<BuiltInKind, KindCoverage>> = Object.fromEntries(Object.keys(builtInKinds).map((kind) => [kind, 'read']));
  const kept: KubeObject[] = objects.map(({ apiVersion, kind, metadata, ...rest }) => ({ ...rest, apiVersion, kind, metadata }));
  return { clusterId: 'manifest', version: null, takenAt: Date.now(), scope: null, objects: kept, coverage: read, reasons: {}, customKinds: [] };
}
