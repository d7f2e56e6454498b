import { type DrainPlan, type ObjectRef, refKey } from '@quarterdeck/contract';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';

/** What a drain does with each pod of a node: what needs a decision first, what goes, what stays. */
export function DrainPlanView({ plan }: { plan: DrainPlan }) {
  const messages = useMessages().drain;
  const { evict, skip, refused, budgets, cordoned } = plan;
  const blocking = budgets.filter(({ blocks }) => blocks);
  return (
    <>
      {cordoned && <p className="text-soft">{messages.cordoned}</p>}
      {refused.length > 0 && (
        <Pods mark={<StatusMark state="high" text={messages.refused(refused.length)} />} open pods={refused.map(({ pod, note }) => ({ pod, note }))} />
      )}
      {budgets.length > 0 && <Budgets budgets={budgets} blocking={blocking.length} />}
      {evict.length === 0 && refused.length === 0 && <p>{messages.nothing}</p>}
      {evict.length > 0 && (
        <Pods
          mark={<StatusMark state="medium" text={messages.evicts(evict.length)} />}
          open={evict.length <= 10}
          pods={evict.map(({ pod, owner, notes }) => ({ pod, note: [owner ?? messages.ownerless, ...notes].join('. ') }))}
        />
      )}
      {skip.length > 0 && (
        <Pods mark={<StatusMark state="low" text={messages.skips(skip.length)} />} open={false} pods={skip.map(({ pod, note }) => ({ pod, note }))} />
      )}
    </>
  );
}

function Pods({ mark, open, pods }: { mark: ReactNode; open: boolean; pods: readonly { pod: ObjectRef; note: string }[] }) {
  return (
    <details open={open}>
      <summary className="cursor-pointer">{mark}</summary>
      <ul className="mt-1 flex flex-col gap-0.5 pl-4.5">
        {pods.map(({ pod, note }) => (
          <li key={refKey(pod)} className="min-w-0 break-words">
            <ObjectChip object={pod} exists={false} bare withNamespace /> <span className="text-soft">{note}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Budgets({ budgets, blocking }: { budgets: DrainPlan['budgets']; blocking: number }) {
  const messages = useMessages().drain;
  const mark =
    blocking > 0 ? <StatusMark state="high" text={messages.budgets(blocking)} /> : <StatusMark state="healthy" text={messages.budgetsFine(budgets.length)} />;
  return (
    <details open={blocking > 0}>
      <summary className="cursor-pointer">{mark}</summary>
      <ul className="mt-1 flex flex-col gap-0.5 pl-4.5">
        {budgets.map(({ budget, note, blocks }) => (
          <li key={refKey(budget)} className="min-w-0 break-words">
            <StatusMark state={blocks ? 'high' : 'healthy'} text={blocks ? messages.blocks : messages.allows} />{' '}
            <ObjectChip object={budget} exists={false} bare withNamespace /> <span className="text-soft">{note}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
