import type { KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';
import { type Answer, type Asking, callTool, say } from '../asking.ts';
import { code, label, table } from '../markdown.ts';
import { description, resourceList } from '../tool-results.ts';
import { systemNamespaces } from '../understand/find-names.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { refFor, targetOf } from './targets.ts';

const mostShown = 30;
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'] as const;

const containersSchema = z.object({
  initContainers: z.array(z.object({ name: z.string(), image: z.string().default('') })).default([]),
  containers: z.array(z.object({ name: z.string(), image: z.string().default('') })),
});
const templateSchema = z.object({ template: z.object({ spec: containersSchema }) }).transform(({ template }) => template.spec);
/** Where a kind has its containers: a pod itself, a workload in its template, a CronJob in that of its jobs. */
const podSchema = z.object({
  spec: z.union([
    containersSchema,
    templateSchema,
    z.object({ jobTemplate: z.object({ spec: templateSchema }) }).transform(({ jobTemplate }) => jobTemplate.spec),
  ]),
});

/** The images of an object's containers, or of all workloads. */
export async function* images({ subject, namespace }: Extract<Question, { intent: 'images' }>, asking: Asking): Answer {
  const [object = null] = subject?.matches ?? [];
  const objects = object === null ? yield* everyWorkload(namespace, asking) : [object];
  if (object !== null) yield* callTool(asking, 'describe_resource', targetOf(object), description);
  const { view } = await asking.cluster.checked(asking.signal);
  const rows = objects.flatMap((each) => {
    const ref = refFor(each);
    return imagesOf(ref === null ? undefined : view.find(ref)).map(([container, image]) => [`${each.kind} ${each.namespace}/${each.name}`, container, image]);
  });
  if (rows.length === 0)
    yield say(object === null ? 'No workload that I can see runs an image.' : `${label(object)} runs no image: only workloads and pods do.`);
  else yield say(table(['Object', 'Container', 'Image'], rows.slice(0, mostShown)));
  if (rows.length > mostShown) yield say(`${rows.length - mostShown} more: ask with a namespace (${code('which images run in NAMESPACE')}).`);
  return { object, issueId: null };
}

/** Those of people; those of Kubernetes itself where their namespace is named. */
async function* everyWorkload(namespace: string | null, asking: Asking): Answer<NamedObject[]> {
  const found: NamedObject[] = [];
  for (const kind of workloads) {
    const { items } = yield* callTool(asking, 'list_resources', { kind, limit: 200, ...(namespace === null ? {} : { namespace }) }, resourceList);
    found.push(...items.map((row) => ({ kind, namespace: String(row.namespace ?? namespace), name: String(row.name) })));
  }
  return found.filter((each) => namespace !== null || !systemNamespaces.has(each.namespace ?? ''));
}

function imagesOf(object: KubeObject | undefined): (readonly [string, string])[] {
  const parsed = podSchema.safeParse(object);
  if (!parsed.success) return [];
  const { initContainers, containers } = parsed.data.spec;
  return [...initContainers.map(({ name, image }) => [`${name} (init)`, image] as const), ...containers.map(({ name, image }) => [name, image] as const)];
}
