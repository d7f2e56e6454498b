import type { Change, ObjectRef } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

/** `Deployment api`, `3 Deployments`, `3 objects`. */
export function whatOf(objects: readonly ObjectRef[], { objectActions: { many } }: Messages): string {
  const [first] = objects;
  if (first === undefined) return many(0, null);
  if (objects.length === 1) return `${first.kind} ${first.name}`;
  const same = objects.every(({ apiVersion, kind }) => kind === first.kind && apiVersion === first.apiVersion);
  return many(objects.length, same ? first.kind : null);
}

/** What several changes do, in the person's words: `Restart 3 Deployments`. The title of their preview, and what its button says. */
export function doesOf(changes: readonly Change[], messages: Messages): string {
  const { does, scaleTo, steps } = messages.objectActions;
  const [first] = changes;
  if (first === undefined || changes.some(({ verb }) => verb !== first.verb)) return steps(changes.length);
  const what = whatOf(
    changes.map(({ target }) => target),
    messages,
  );
  if (first.verb === 'scale' && changes.every((change) => change.verb === 'scale' && change.replicas === first.replicas)) return scaleTo(what, first.replicas);
  return does[first.verb](what);
}
