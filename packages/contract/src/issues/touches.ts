import type { ObjectRef } from '../objects/object-ref.ts';
import type { Issue } from './issue.ts';

/**
 * Whether an issue matters to a namespace: one of a node or of another namespace does when it reaches something there,
 * one of the whole cluster also when what proves it stands there (the Service that an APIService points to).
 */
export function issueTouches(issue: Pick<Issue, 'namespace' | 'cause' | 'affected' | 'evidence'>, namespace: string): boolean {
  const lies = (ref: ObjectRef) => ref.namespace === namespace || (ref.kind === 'Namespace' && ref.name === namespace);
  if (issue.namespace === null && issue.evidence.some(({ object }) => lies(object))) return true;
  return issue.namespace === namespace || issue.affected.some(lies) || (issue.cause !== null && lies(issue.cause));
}
