import type { HealthState } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { Explained } from '../../explain/explained.tsx';

export interface Condition {
  type: string;
  status: string;
  reason?: string | undefined;
  message?: string | undefined;
  lastTransitionTime?: string | undefined;
}

/** Conditions that say that something is wrong when they are true. */
const badWhenTrue =
  /Pressure$|Unavailable$|Failure$|^Failed|Failing$|^Stalled$|^Degraded$|^Terminating$|^DisruptionTarget$|^Suspended$|Deletion|Remaining$|Conflict/;

/** Pure. How a condition is to be taken. */
export function stateOfCondition({ type, status }: Pick<Condition, 'type' | 'status'>): HealthState {
  if (status === 'Unknown') return 'unknown';
  const bad = badWhenTrue.test(type) ? status === 'True' : status === 'False';
  return bad ? 'high' : 'healthy';
}

/** What is wrong first. */
export function ConditionsPart({ conditions }: { conditions: readonly Condition[] | undefined }) {
  const messages = useMessages().objectSummary;
  if (conditions === undefined || conditions.length === 0) return null;
  const ordered = conditions.toSorted((a, b) => Number(stateOfCondition(a) === 'healthy') - Number(stateOfCondition(b) === 'healthy'));
  const { type, status, since, reason, message } = messages.conditionColumns;
  return (
    <Part title={messages.conditions}>
      <PlainTable
        label={messages.conditions}
        head={[type, status, since, reason, message]}
        rows={ordered.map((condition) => ({
          key: condition.type,
          cells: [
            <span key="type" className="font-medium">
              <Explained as="condition" what={condition.type} text={condition.message}>
                {condition.type}
              </Explained>
            </span>,
            <StatusMark key="status" state={stateOfCondition(condition)} text={condition.status} />,
            condition.lastTransitionTime === undefined ? null : <Age key="since" at={condition.lastTransitionTime} />,
            condition.reason === undefined ? (
              ''
            ) : (
              <Explained key="reason" as="reason" what={condition.reason} text={condition.message}>
                {condition.reason}
              </Explained>
            ),
            condition.message ?? '',
          ],
        }))}
      />
    </Part>
  );
}
