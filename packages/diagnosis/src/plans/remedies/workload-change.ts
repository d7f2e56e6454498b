import { isKind, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { RemedyProposal, RemedyStep } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine, quoteForShell } from '../kubectl-command.ts';
import { isEditable, remakeDecisions } from './recreate.ts';
import { inNamespace, type PatchOperation, patchStep } from './step.ts';

type Decisions = RemedyProposal['decisions'];

interface WorkloadChange {
  ref: ObjectRef;
  description: string;
  change: readonly PatchOperation[];
  undo: readonly PatchOperation[];
}

/** How a workload is changed: with a patch where that is possible; a Job or a lone pod is made anew by a person, with the whole of it spelled out. */
export function workloadChange({ ref, description, change, undo }: WorkloadChange, view: ClusterView): { steps: RemedyStep[]; decisions: Decisions } {
  const object = view.find(ref);
  if (object === undefined) return { steps: [], decisions: [] };
  if (!isEditable(ref)) return { steps: [], decisions: [remaking(object, description, change)] };
  return { steps: [patchStep({ ref, description }, change, undo)], decisions: remakeDecisions(ref, view) };
}

function remaking(object: KubeObject, description: string, change: readonly PatchOperation[]): Decisions[number] {
  const { kind } = object;
  const { name, namespace } = object.metadata;
  const edited = change.reduce<unknown>((document, operation) => withOperation(document, pathParts(operation.path), operation), cleaned(object));
  const remove = commandLine(inNamespace(refOf(object), ['delete', kind.toLowerCase(), name]));
  return {
    description: `${description}: make ${kind} ${name} anew, as it cannot be changed in place`,
    command: `${remove} && echo ${quoteForShell(JSON.stringify(edited))} | kubectl create -f -`,
    destroys: `${kind} ${name} in namespace ${namespace ?? 'default'} with its ${kind === 'Job' ? 'pods and their logs' : 'log'}; it then begins from the start.`,
  };
}

/** Labels that the cluster puts on; they would contradict a new object. */
const givenLabels = new Set(['controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name']);

/** What a person wrote of an object, for `kubectl create`. */
function cleaned(object: KubeObject): unknown {
  const { apiVersion, kind } = object;
  const { name, namespace, labels } = object.metadata;
  const metadata = { name, namespace, labels: ownLabels(labels) };
  if (isKind(object, 'Pod')) return { apiVersion, kind, metadata, spec: { ...object.spec, nodeName: undefined } };
  if (!isKind(object, 'Job') || object.spec === undefined) return { apiVersion, kind, metadata };
  const { selector, template, ...spec } = object.spec;
  const ownTemplate = { ...template, metadata: { ...template.metadata, labels: ownLabels(template.metadata?.labels) } };
  return { apiVersion, kind, metadata, spec: { ...spec, ...(spec.manualSelector === true ? { selector } : {}), template: ownTemplate } };
}

function ownLabels(labels: Readonly<Record<string, string>> | undefined) {
  return labels === undefined ? undefined : Object.fromEntries(Object.entries(labels).filter(([key]) => !givenLabels.has(key)));
}

/** `spec.template.spec.containers[0].image` and `data["app.yaml"]` in parts. */
function pathParts(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => quoted ?? index ?? name ?? '');
}

/** A copy with one field set, added or removed. */
function withOperation(document: unknown, [part, ...rest]: readonly string[], operation: PatchOperation): unknown {
  if (part === undefined) return operation.value;
  const removes = rest.length === 0 && operation.op === 'remove';
  if (Array.isArray(document)) {
    const index = part === '-' ? document.length : Number(part);
    return removes ? document.toSpliced(index, 1) : document.toSpliced(index, part === '-' ? 0 : 1, withOperation(document[index], rest, operation));
  }
  const fields = typeof document === 'object' && document !== null ? Object.entries(document) : [];
  const others = fields.filter(([key]) => key !== part);
  const present: unknown = fields.find(([key]) => key === part)?.[1];
  return Object.fromEntries(removes ? others : [...others, [part, withOperation(present, rest, operation)]]);
}
