import type { ObjectRef } from '../objects/object-ref.ts';
import type { Issue } from './issue.ts';

/**
 * Whether an issue matters to a namespace: one of a node or of another namespace does when it reaches something there,
 * and one of the whole cluster that has reached nothing yet may matter to all.
 */
export function issueTouches(issue: Pick<Issue, 'kind' | 'namespace' | 'cause' | 'affected'>, namespace: string): boolean {
  const lies = (ref: ObjectRef) => ref.namespace === namespace || (ref.kind === 'Namespace' && ref.name === namespace);
  if (issue.namespace === null && issue.kind !== 'Namespace' && issue.affected.length === 0) return true;
  return issue.namespace === namespace || issue.affected.some(lies) || (issue.cause !== null && lies(issue.cause));
}
