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

export interface Mark {
  state: HealthState;
  text: string;
}

export const actionMarks: Readonly<Record<ActionState, Mark>> = {
  previewed: { state: 'low', text: 'waits for approval' },
  approved: { state: 'pending', text: 'approved' },
  running: { state: 'pending', text: 'running' },
  validating: { state: 'pending', text: 'waiting for its effect' },
  succeeded: { state: 'healthy', text: 'succeeded' },
  failed: { state: 'critical', text: 'failed' },
  stopped: { state: 'paused', text: 'stopped' },
  interrupted: { state: 'high', text: 'interrupted' },
  rolledBack: { state: 'paused', text: 'taken back' },
  expired: { state: 'unknown', text: 'outdated' },
};

export const stepMarks: Readonly<Record<ActionStep['run']['state'], Mark>> = {
  waiting: { state: 'low', text: 'waits' },
  running: { state: 'pending', text: 'running' },
  validating: { state: 'pending', text: 'waiting for its effect' },
  done: { state: 'healthy', text: 'done' },
  failed: { state: 'critical', text: 'failed' },
  skipped: { state: 'paused', text: 'skipped' },
  unknown: { state: 'unknown', text: 'not known whether it was made' },
};

export const conditionMarks: Readonly<Record<ConditionState['state'], Mark>> = {
  waiting: { state: 'pending', text: 'not yet' },
  met: { state: 'healthy', text: 'met' },
  failed: { state: 'critical', text: 'can not be met' },
  timedOut: { state: 'high', text: 'not in time' },
};

export const dangerMarks: Readonly<Record<DangerClass, Mark>> = {
  read: { state: 'healthy', text: 'only reads' },
  sensitiveRead: { state: 'low', text: 'reads what is confidential' },
  write: { state: 'low', text: 'writes' },
  disruptive: { state: 'medium', text: 'disrupts' },
  execution: { state: 'high', text: 'runs something' },
  privilege: { state: 'high', text: 'gives rights' },
  destructive: { state: 'critical', text: 'destroys' },
};

/** What has to become true, as people say it. */
export function conditionText(condition: Condition): string {
  switch (condition.type) {
    case 'rolloutComplete':
      return `The rollout of ${refLabel(condition.target)} is complete`;
    case 'podsReady':
      return `The pods of ${refLabel(condition.target)} are ready, at least ${condition.atLeast}`;
    case 'jobComplete':
      return `${refLabel(condition.target)} is complete`;
    case 'endpointsReady':
      return `${refLabel(condition.target)} has an endpoint that is ready`;
    case 'exists':
      return `${refLabel(condition.target)} exists`;
    case 'gone':
      return `${refLabel(condition.target)} is gone`;
    case 'issueGone':
      return 'The diagnosis does not see the issue any more';
  }
}

/** Whoever may not see all of it gets it without a title: then what it is about stands for it. */
export function actionTitle({ title, steps }: Pick<Action, 'title' | 'steps'>): string {
  if (title !== '') return title;
  const first = steps[0]?.change;
  return first === undefined ? 'An action' : changeWords(first);
}
