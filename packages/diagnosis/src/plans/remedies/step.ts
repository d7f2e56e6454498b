import type { Impact, ObjectRef } from '@quarterdeck/contract';
import type { RemedyProposal, RemedyStep } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';

/** One operation of RFC 6902; `path` is a field path as evidence shows it, e.g. `spec.containers[0].image`. */
export interface PatchOperation {
  op: 'replace' | 'add' | 'remove';
  path: string;
  value?: unknown;
}

/** `spec.template.spec.containers[0].env[1].value` and `data["app.yaml"]` as JSON pointers. */
export function jsonPointer(path: string): string {
  const parts = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => quoted ?? index ?? name ?? '');
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function jsonPatch(operations: readonly PatchOperation[]): string {
  return JSON.stringify(operations.map(({ op, path, value }) => (op === 'remove' ? { op, path: jsonPointer(path) } : { op, path: jsonPointer(path), value })));
}

/** `deployment/api`, as kubectl takes it. */
export function target(ref: ObjectRef): string {
  return `${ref.kind.toLowerCase()}/${ref.name}`;
}

export function inNamespace(ref: ObjectRef, words: readonly string[]): string[] {
  return ref.namespace === null ? [...words] : [...words, '-n', ref.namespace];
}

const withRollout = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

export function hasRollout(ref: ObjectRef): boolean {
  return withRollout.has(ref.kind);
}

/** How to see that a change of a workload worked. */
export function rolloutValidation(ref: ObjectRef): string {
  if (!hasRollout(ref)) return `kubectl ${inNamespace(ref, ['get', target(ref)]).join(' ')} shows the next run succeed.`;
  return `kubectl ${inNamespace(ref, ['rollout', 'status', target(ref), '--timeout=180s']).join(' ')} ends with success.`;
}

interface Change {
  ref: ObjectRef;
  description: string;
  impact?: Impact;
}

/** A JSON patch of one object; its rollback is the patch that puts the old values back. */
export function patchStep({ ref, description, impact = 'low' }: Change, operations: readonly PatchOperation[], undo: readonly PatchOperation[]): RemedyStep {
  const command = (patch: readonly PatchOperation[]) => inNamespace(ref, ['patch', ref.kind.toLowerCase(), ref.name, '--type=json', '-p', jsonPatch(patch)]);
  return {
    description,
    kubectl: command(operations),
    validation: rolloutValidation(ref),
    rollback: commandLine(command(undo)),
    impact,
  };
}

export function undoStep(ref: ObjectRef, revision: string): RemedyStep {
  return {
    description: `Go back to revision ${revision}, which still serves`,
    kubectl: inNamespace(ref, ['rollout', 'undo', target(ref), `--to-revision=${revision}`]),
    validation: rolloutValidation(ref),
    rollback: `kubectl ${inNamespace(ref, ['rollout', 'undo', target(ref)]).join(' ')}`,
    impact: 'low',
  };
}

export function restartStep(ref: ObjectRef, why: string): RemedyStep {
  return {
    description: `Restart ${ref.kind} ${ref.name} so that ${why}`,
    kubectl: inNamespace(ref, ['rollout', 'restart', target(ref)]),
    validation: rolloutValidation(ref),
    rollback: null,
    impact: 'low',
  };
}

export function proposal(summary: string, steps: RemedyStep[], more: Partial<RemedyProposal> = {}): RemedyProposal {
  return { summary, steps, assumptions: [], decisions: [], evidenceToGather: [], recommendations: [], ...more };
}

/** A step that changes nothing. */
export function look(description: string, kubectl: readonly string[], validation: string): RemedyStep {
  return { description, kubectl, validation, rollback: null, impact: 'none' };
}
