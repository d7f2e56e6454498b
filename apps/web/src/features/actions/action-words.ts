import {
  type Action,
  type ActionState,
  type ActionStep,
  type Condition,
  type ConditionState,
  changeWords,
  type DangerClass,
  type HealthState,
  refLabel,
} from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

export interface Mark {
  state: HealthState;
  text: string;
}

const actionShapes: Readonly<Record<ActionState, HealthState>> = {
  previewed: 'low',
  approved: 'pending',
  running: 'pending',
  validating: 'pending',
  succeeded: 'healthy',
  failed: 'critical',
  stopped: 'paused',
  interrupted: 'high',
  rolledBack: 'paused',
  expired: 'unknown',
};

const stepShapes: Readonly<Record<ActionStep['run']['state'], HealthState>> = {
  waiting: 'low',
  running: 'pending',
  validating: 'pending',
  done: 'healthy',
  failed: 'critical',
  skipped: 'paused',
  unknown: 'unknown',
};

const conditionShapes: Readonly<Record<ConditionState['state'], HealthState>> = { waiting: 'pending', met: 'healthy', failed: 'critical', timedOut: 'high' };

const dangerShapes: Readonly<Record<DangerClass, HealthState>> = {
  read: 'healthy',
  sensitiveRead: 'low',
  write: 'low',
  disruptive: 'medium',
  execution: 'high',
  privilege: 'high',
  destructive: 'critical',
};

export function actionMark(state: ActionState, { actions }: Messages): Mark {
  return { state: actionShapes[state], text: actions.states[state] };
}

export function stepMark(state: ActionStep['run']['state'], { actions }: Messages): Mark {
  return { state: stepShapes[state], text: actions.stepStates[state] };
}

export function conditionMark(state: ConditionState['state'], { actions }: Messages): Mark {
  return { state: conditionShapes[state], text: actions.conditionStates[state] };
}

export function dangerMark(danger: DangerClass, { actions }: Messages): Mark {
  return { state: dangerShapes[danger], text: actions.dangers[danger] };
}

/** What has to become true, as people say it. */
export function conditionText(condition: Condition, { actions: { conditions } }: Messages): string {
  if (condition.type === 'issueGone') return conditions.issueGone;
  const what = refLabel(condition.target);
  return condition.type === 'podsReady' ? conditions.podsReady(what, condition.atLeast) : conditions[condition.type](what);
}

/** Whoever may not see all of it gets it without a title: then what it is about stands for it. */
export function actionTitle({ title, steps }: Pick<Action, 'title' | 'steps'>, { actions }: Messages): string {
  if (title !== '') return title;
  const first = steps[0]?.change;
  return first === undefined ? actions.action : changeWords(first);
}
