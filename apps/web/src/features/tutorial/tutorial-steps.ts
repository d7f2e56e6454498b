import type { Action } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

/** What the tutorial sees of what a person does. */
export interface TutorialFacts {
  path: string;
  drawer: boolean;
  dialog: 'palette' | 'keys' | 'navigation' | null;
  /** What was previewed, approved and taken back since the tutorial began. */
  actions: readonly Pick<Action, 'state' | 'undoes'>[];
}

export type TutorialText = keyof Messages['tutorial']['steps'];

export interface TutorialStep {
  id: TutorialText;
  /** Needs a cluster in which something can be changed. */
  changes: boolean;
  isDone(facts: TutorialFacts): boolean;
}

/** An alert, from the list to the undo. Each step is done when it was really done; nothing is clicked for anybody. */
export const tutorialSteps: readonly TutorialStep[] = [
  { id: 'issues', changes: false, isDone: ({ path }) => path === '/issues' },
  { id: 'issue', changes: false, isDone: ({ path }) => path.startsWith('/issues/') },
  { id: 'object', changes: false, isDone: ({ drawer, path }) => drawer && path.startsWith('/issues/') },
  { id: 'preview', changes: true, isDone: ({ actions }) => actions.length > 0 },
  { id: 'approve', changes: true, isDone: ({ actions }) => actions.some(({ state }) => state !== 'previewed' && state !== 'expired') },
  { id: 'undo', changes: true, isDone: ({ actions }) => actions.some(({ undoes }) => undoes !== null) },
  { id: 'palette', changes: false, isDone: ({ dialog }) => dialog === 'palette' },
  { id: 'keys', changes: false, isDone: ({ dialog }) => dialog === 'keys' },
];

/** The steps that make sense here: in a recording nothing is changed. */
export function stepsFor(readOnly: boolean): readonly TutorialStep[] {
  return readOnly ? tutorialSteps.filter(({ changes }) => !changes) : tutorialSteps;
}

/** The step after those that are done already: one who is there is not sent there. */
export function nextStep(steps: readonly TutorialStep[], from: number, facts: TutorialFacts): number {
  const rest = steps.slice(from).findIndex((step) => !step.isDone(facts));
  return rest < 0 ? steps.length : from + rest;
}
