import type { IssueDetail, ObjectRef } from '@quarterdeck/contract';
import type { CheckedCluster } from '../../kubernetes/asked-cluster.ts';
import type { NamedObject } from '../understand/question.ts';
import { refFor } from './targets.ts';

/** The issues that one of these objects has a part in: those that it causes or that name it first, then those that only reach it. */
export function issuesOf({ issues, view }: CheckedCluster, objects: readonly NamedObject[]): IssueDetail[] {
  const own = objects.flatMap((object) => {
    const ref = refFor(object);
    return ref === null
      ? [object]
      : [object, view.topOwner(ref), ...view.podsOf(ref).map(({ metadata }) => podNamed(metadata.name, metadata.namespace ?? null))];
  });
  const isOwn = (part: NamedObject) => own.some((each) => isSame(each, part));
  const direct = issues.filter((issue) => isOwn(issue) || (issue.cause !== null && isOwn(issue.cause)) || issue.findings.some(({ object }) => isOwn(object)));
  const reached = issues.filter(({ affected, chains }) => [...affected, ...chains.flat().map(({ object }) => object)].some(isOwn));
  return [...new Set([...direct, ...reached])];
}

/** The issues of what an object hangs on, one or two steps away. */
export function neighboursWithIssues(checked: CheckedCluster, object: NamedObject): IssueDetail[] {
  const ref = refFor(object);
  if (ref === null) return [];
  const { view } = checked;
  const own = [ref, ...view.podsOf(ref).map(({ metadata }) => podNamed(metadata.name, metadata.namespace ?? null))];
  const direct = own.flatMap((each) => view.outgoing(each)).map(({ to }) => to);
  const further = direct.flatMap((each) => view.outgoing(each)).map(({ to }) => to);
  // What everything hangs on says nothing of this object.
  const near = [...direct, ...further].filter(({ kind }) => kind !== 'Namespace' && kind !== 'Node' && kind !== 'ServiceAccount');
  return near.length === 0 ? [] : issuesOf(checked, near);
}

/** The issues whose cause is named in what an object says of itself: `reports.acme.test` for the APIService v1.reports.acme.test. */
export function issuesNamedIn({ issues }: CheckedCluster, messages: readonly string[]): IssueDetail[] {
  const text = messages.join('\n');
  return issues.filter(({ cause }) => {
    const name = cause?.name.replace(/^v\d\w*\./, '') ?? '';
    // A short name is a word of any sentence.
    return name.length >= shortestName && text.includes(name);
  });
}

const shortestName = 6;

function podNamed(name: string, namespace: string | null): ObjectRef {
  return { apiVersion: 'v1', kind: 'Pod', namespace, name };
}

function isSame(a: NamedObject, b: NamedObject): boolean {
  return a.kind === b.kind && a.name === b.name && (a.namespace ?? null) === (b.namespace ?? null);
}
