import type { CustomResource } from '../model/analyser.ts';
import { timeOf } from '../pods/evidence.ts';
import { listAt, numberAt, textAt } from './fields.ts';

export interface CustomCondition {
  type: string;
  status: string;
  reason: string;
  message: string;
  /** Epoch milliseconds of the last change of `status`; null where it is not told. */
  changedAt: number | null;
  observedGeneration: number | null;
}

/** The conditions of a custom resource by convention; what lacks type or status is none. */
export function conditionsOf(object: CustomResource): CustomCondition[] {
  return listAt(object, 'status', 'conditions').flatMap((raw) => {
    const [type, status] = [textAt(raw, 'type'), textAt(raw, 'status')];
    if (type === null || status === null) return [];
    return [
      {
        type,
        status,
        reason: textAt(raw, 'reason') ?? '',
        message: (textAt(raw, 'message') ?? '').trim(),
        changedAt: timeOf(textAt(raw, 'lastTransitionTime')),
        observedGeneration: numberAt(raw, 'observedGeneration'),
      },
    ];
  });
}

/** Conditions that sum an object up: True is well. The first that is there speaks for all others. */
const summaries = [
  'Ready',
  'Available',
  'Healthy',
  'Succeeded',
  'Synced',
  'Reconciled',
  'Accepted',
  'Programmed',
  'Installed',
  'Established',
  'Valid',
  'Serving',
];
/** What counts where nothing sums up: a part that is well when True. */
const goodPart = /(Ready|Available|Healthy|Synced|Valid|Succeeded|Success|Accepted|Reconciled)$/;
/** What is broken when True, whatever else is said. */
const bad =
  /^(Stalled|Degraded|Failed|Failing|Failure|Error|Errored|Unhealthy|Invalid|Unavailable|NotReady|Conflicted)$|(Failed|Failure|Error|Degraded|Stalled|Unhealthy|Unavailable|Terminal)$/;
/** A status that says that somebody wants it so, or that it is over. */
const byIntent =
  /^(Paused|Suspended|Stopped|Disabled|Hibernat\w*|ScaledToZero|Inactive|Completed?|Finished|Terminated|NotRequested|NoTraffic|Superseded|Replaced)$/i;

/** What the conditions of a resource say that is not well: `failing` or, where nobody knows yet, `undecided`; null where all is well. */
export function faultyCondition(conditions: readonly CustomCondition[]): { condition: CustomCondition; verdict: 'failing' | 'undecided' } | null {
  const told = conditions.filter(({ reason }) => !byIntent.test(reason));
  const broken = told.find(({ type, status }) => status === 'True' && bad.test(type));
  const summary = summaries.flatMap((type) => conditions.find((condition) => condition.type === type) ?? []).find(({ status }) => status !== 'True');
  if (summary !== undefined && byIntent.test(summary.reason)) return null;
  if (summary?.status === 'False') return { condition: clearest(summary, told), verdict: 'failing' };
  if (broken !== undefined) return { condition: broken, verdict: 'failing' };
  const isSummed = conditions.some(({ type }) => summaries.includes(type));
  const part = isSummed ? undefined : told.find(({ type, status }) => status === 'False' && goodPart.test(type));
  if (part !== undefined) return { condition: part, verdict: 'failing' };
  return summary === undefined ? null : { condition: summary, verdict: 'undecided' };
}

/** A summary without words is told by the part that has some. */
function clearest(summary: CustomCondition, told: readonly CustomCondition[]): CustomCondition {
  if (summary.message !== '') return summary;
  const part = told.find(
    ({ type, status, message }) => message !== '' && ((status === 'False' && goodPart.test(type)) || (status === 'True' && bad.test(type))),
  );
  return part ?? summary;
}
