import { type IssueDetail, issueTouches, type ObjectRef } from '@quarterdeck/contract';
import type { Focus } from '../sources/context-source.ts';
import { issuesAbout, stateOf } from '../tools/related.ts';
import type { CheckedCluster } from './asked-cluster.ts';

const most = 5;

/** Questions that have an answer here and now: about what is broken, what changed, what the object hangs together with. */
export function suggestedPromptsFor(checked: CheckedCluster, focus: Focus, ref: ObjectRef | null): string[] {
  const wanted = checked.issues.find(({ id }) => id === focus.issueId);
  const about = wanted === undefined ? (ref === null ? [] : issuesAbout(checked, ref)) : [wanted];
  const { namespace } = focus;
  const around = namespace === null ? checked.issues : checked.issues.filter((issue) => issueTouches(issue, namespace));
  const issues = about.length > 0 ? about : ref === null ? around : [];
  const prompts = [...issues.slice(0, 2).flatMap(aboutIssue), ...(ref === null ? aboutAll(checked, namespace) : aboutObject(checked, ref))];
  return [...new Set(prompts)].slice(0, most);
}

function aboutIssue({ kind, name, changes, affected }: IssueDetail): string[] {
  return [
    `Why is ${kind} ${name} failing?`,
    `How do I fix ${kind} ${name} safely?`,
    ...(changes.length > 0 ? [`What changed before ${name} broke?`] : []),
    ...(affected.length > 2 ? [`What else does ${kind} ${name} affect?`] : []),
  ];
}

function aboutObject({ view }: CheckedCluster, ref: ObjectRef): string[] {
  const label = `${ref.kind} ${ref.name}`;
  const state = stateOf(view, ref);
  if (state === 'missing') return [`What refers to ${label}?`, `Write a manifest for ${label}`];
  const used = view.incoming(ref).length > 0;
  const events = view.events(ref).some(({ type }) => type === 'Warning');
  return [
    ...(events ? [`What do the events of ${label} mean?`] : []),
    `Explain ${label}`,
    ...(used ? [`What depends on ${label}?`] : []),
    ...(view.podsOf(ref).length > 0 && ref.kind !== 'Pod' ? [`Are the requests and limits of ${ref.name} right?`] : []),
  ];
}

function aboutAll({ view, coverage }: CheckedCluster, namespace: string | null): string[] {
  const where = namespace === null ? '' : ` in ${namespace}`;
  const restarted = view
    .list('Pod', namespace ?? undefined)
    .some(({ status }) => (status?.containerStatuses ?? []).some(({ restartCount }) => restartCount > 2));
  return [
    ...(restarted ? [`Which pods${where} restart most?`] : []),
    `What changed${where} in the last hour?`,
    ...(coverage.complete ? [] : ['What could not be looked at?']),
  ];
}
