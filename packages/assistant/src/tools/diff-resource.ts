import { compareRevisions, manifestDrift, readRollout } from '@quarterdeck/cluster';
import { AppError, isKind, type KubeObject, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { type FoundObject, findObject, objectShape, seen } from './find-object.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const revision = z.number().int().positive().optional();

const inputSchema = z.object({
  ...objectShape,
  from: revision.describe('The older revision; left out, the one before the current.'),
  to: revision.describe('The newer revision; left out, the current one.'),
});

export const diffResource = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'diff_resource',
    title: 'Diff a resource',
    description:
      'What differs: for a Deployment, StatefulSet or DaemonSet between two revisions of its pod template; for any other object between what was last applied and what it is now.',
    permission: 'resource.read',
    effect: 'read',
    input: inputSchema,
    async run(input, signal) {
      const found = await findObject(cluster, input, signal);
      const value = hasRevisions(found.object) ? await betweenRevisions(cluster, found, input, signal) : sinceApplied(found);
      return { value, seen: [seen(found.object)] };
    },
  });

function hasRevisions(object: KubeObject): boolean {
  return isKind(object, 'Deployment') || isKind(object, 'StatefulSet') || isKind(object, 'DaemonSet');
}

async function betweenRevisions({ access }: AskedCluster, { ref }: FoundObject, input: z.output<typeof inputSchema>, signal: AbortSignal) {
  const { revisions } = await readRollout(access, ref, signal);
  const current = input.to ?? revisions.find((each) => each.current)?.revision ?? revisions.at(-1)?.revision;
  const before = input.from ?? revisions.filter((each) => each.revision < (current ?? 0)).at(-1)?.revision;
  if (current === undefined || before === undefined) {
    return { object: refLabel(ref), note: 'There is one revision only, so there is nothing to compare it with.', revisions };
  }
  const { diff } = await compareRevisions(access, ref, { from: before, to: current }, signal);
  return { object: refLabel(ref), from: before, to: current, diff, revisions };
}

function sinceApplied({ object, ref }: FoundObject) {
  const text = object.metadata.annotations?.[lastApplied];
  if (text === undefined) {
    throw new AppError('NOT_FOUND', `Nobody keeps on ${refLabel(ref)} what was last applied.`, { hint: 'get_timeline tells who wrote which fields.' });
  }
  return { object: refLabel(ref), differences: manifestDrift(parsedJson(text), object) };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('CLUSTER_ERROR', `The annotation ${lastApplied} is no JSON.`, { hint: 'get_timeline tells who wrote which fields.', cause });
  }
}
