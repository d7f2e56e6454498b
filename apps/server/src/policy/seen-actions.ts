import { type Action, type ActionStep, AppError, type ObjectRef } from '@quarterdeck/contract';
import type { Asker, SeenClusters } from './seen-clusters.ts';

/**
 * An action as one policy shows it; null for one that names something hidden. What others said of it in words, they said with
 * more in sight perhaps: the steps themselves tell what it is. One without steps is nothing but words.
 */
export function seenAction({ sight }: Pick<SeenClusters, 'sight'>, { actor }: Asker, action: Action): Action | null {
  if (sight.whole) return action;
  if (!action.steps.every((step) => objectsOf(step).every((object) => sight.sees(object)))) return null;
  return action.proposedBy.id === actor.id ? action : withoutWords(action);
}

/** Throws NOT_FOUND for one that may not be known of. */
export function visibleAction(seenBy: Pick<SeenClusters, 'sight'>, asker: Asker, action: Action): Action {
  const seen = seenAction(seenBy, asker, action);
  if (seen !== null) return seen;
  throw new AppError('NOT_FOUND', `There is no action ${action.id}.`, { hint: 'List the actions to see what there is.' });
}

/** Everything that a step names, and what it waits for: how that stands is told as whoever approves it sees it. */
function objectsOf({ change, until, preview }: ActionStep): ObjectRef[] {
  const named = [change.target, ...until.flatMap((condition) => ('target' in condition ? condition.target : []))];
  if (preview === null) return named;
  const { pods, traffic, budgets, autoscalers } = preview.radius;
  return [...named, ...pods.some, ...budgets.map(({ budget }) => budget), ...[...traffic, ...autoscalers].map(({ object }) => object)];
}

function withoutWords(action: Action): Action | null {
  const [first] = action.steps;
  if (first === undefined) return null;
  const steps = action.steps.map((step) => ({ ...step, description: step.kubectl }));
  const validation = action.validation.map((state) => ({ ...state, message: '' }));
  const approval = action.approval === null ? null : { ...action.approval, note: null };
  return { ...action, title: first.kubectl.slice(0, 300), reason: null, leftOut: [], steps, validation, approval };
}
