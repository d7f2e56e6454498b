import type { Action, BlastRadius } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import { isForGood } from './approval.ts';

type Fate = Exclude<BlastRadius['pods']['fate'], 'none'>;

const fates: readonly Fate[] = ['replaced', 'ended', 'started', 'detached'];

/** What many steps come to, in a few words each: objects, pods, and what needs a look before one approves. */
export function stepsSummary({ steps }: Pick<Action, 'steps'>, { actions }: Messages): string[] {
  const previews = steps.flatMap(({ preview }) => preview ?? []);
  const pods = fates.flatMap((fate) => {
    const touched = previews.filter(({ radius }) => radius.pods.fate === fate).reduce((sum, { radius }) => sum + radius.pods.count, 0);
    return touched === 0 ? [] : [actions.fates[fate](touched)];
  });
  const told = (n: number, text: (n: number) => string) => (n === 0 ? [] : [text(n)]);
  return [
    actions.objects(steps.length),
    ...pods,
    ...told(steps.filter(({ refused }) => refused !== null).length, actions.refusedSteps),
    ...told(previews.filter(({ diff, request }) => diff.fields.length === 0 && request.method === 'PATCH').length, actions.unchangedSteps),
    ...told(previews.filter(({ warnings, conflicts }) => warnings.length + conflicts.length > 0).length, actions.warnedSteps),
    ...told(previews.filter(({ managedBy }) => managedBy.length > 0).length, actions.managedSteps),
    ...told(steps.filter(isForGood).length, actions.forGoodSteps),
  ];
}
