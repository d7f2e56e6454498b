import { AppError, refLabel, type TimelineEntry } from '@quarterdeck/contract';
import { timelineOfObjects } from '@quarterdeck/diagnosis';
import * as z from 'zod';
import type { AskedCluster, CheckedCluster } from '../kubernetes/asked-cluster.ts';
import type { ToolOutcome } from './assistant-tool.ts';
import { defineAssistantTool } from './define-tool.ts';
import { findObject, objectShape, seenRef } from './find-object.ts';
import { issueId, openIssue } from './get-issue.ts';
import { neighboursOf } from './related.ts';

const { kind, name, namespace } = objectShape;
const inputSchema = z.object({
  issueId: issueId.optional().describe('Either this, or an object.'),
  kind: kind.optional(),
  name: name.optional(),
  namespace,
  sinceMinutes: z.number().positive().max(43_200).default(180).describe('Bounds events and states; changes are always told.'),
});

export const getTimeline = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'get_timeline',
    title: 'Get a timeline',
    description:
      'What happened around an issue or an object, the oldest first: who changed which field, which revision was rolled out, what events told, when states became others.',
    permission: 'issue.read',
    effect: 'read',
    timeLimit: 60_000,
    input: inputSchema,
    async run(input, signal) {
      const checked = await cluster.checked(signal);
      if (input.issueId !== undefined) return told(openIssue(checked, input.issueId).timeline);
      return told(await aroundObject(cluster, checked, input, signal));
    },
  });

async function aroundObject(cluster: AskedCluster, { view }: CheckedCluster, input: z.output<typeof inputSchema>, signal: AbortSignal) {
  if (input.kind === undefined || input.name === undefined) {
    throw new AppError('VALIDATION_ERROR', 'Neither an issue nor an object is named.', { hint: 'Give issueId, or kind and name.' });
  }
  const { ref } = await findObject(cluster, { kind: input.kind, name: input.name, namespace: input.namespace }, signal);
  const pods = view.podsOf(ref).map(({ metadata }) => ({ apiVersion: 'v1', kind: 'Pod', namespace: ref.namespace, name: metadata.name }));
  const near = neighboursOf(view, ref, { depth: 1, limit: 40 }).objects.filter((other) => other.kind === 'ConfigMap' || other.kind === 'ReplicaSet');
  return timelineOfObjects([ref, ...pods, ...near], view.now - input.sinceMinutes * 60_000, view);
}

function told(entries: readonly TimelineEntry[]): ToolOutcome {
  return { value: entries.map(({ object, ...entry }) => ({ ...entry, object: refLabel(object) })), seen: entries.map(({ object }) => seenRef(object)) };
}
