import { defineCode } from '../model/analyser.ts';

export type CustomFacts = { condition: string; reason: string; message: string };

const documentationSource = 'Its operator says so itself, in the status; reason and message are the operator’s own words.';

export const customNotReady = defineCode<CustomFacts>({
  code: 'custom-not-ready',
  title: 'Custom resource is not ready',
  documentation: `A condition that sums the resource up is False for more than five minutes, or one that tells of a fault is True. ${documentationSource} Usual causes: something that it refers to is missing or broken, what it made does not run, or what it asks for is refused.`,
  silentWhen: 'It is suspended or paused, completed, about to be deleted, its specification was just changed, or its conditions say that somebody wants it so.',
  opensAfterSeconds: 300,
  closesAfterSeconds: 15,
  message: ({ condition, reason, message }) => `${condition}${reason === '' ? '' : ` (${reason})`}${message === '' ? '' : `: ${message}`}`,
});

export const customRefused = defineCode<CustomFacts>({
  code: 'custom-refused',
  title: 'Operator is refused by the API server',
  documentation:
    'The conditions of the resource hand on that the API server refused what its operator tried: it lacks a right, a quota is used up, a webhook does not answer. It does not mend itself.',
  silentWhen: 'The resource is suspended, or ready all the same.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 15,
  message: customNotReady.message,
});

export const customWarned = defineCode<CustomFacts>({
  code: 'custom-warned',
  title: 'Operator warns of a custom resource again and again',
  documentation:
    'The status of the resource says nothing of how it is, but its operator has written the same warning about it at least three times, the last within ten minutes.',
  silentWhen: 'The resource has conditions or a phase: they count more than events.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 30,
  message: customNotReady.message,
});

export const customUndecided = defineCode<CustomFacts>({
  code: 'custom-undecided',
  title: 'Custom resource is not decided on',
  documentation: `The condition that sums the resource up is Unknown for more than 15 minutes: its operator began and did not come to an end. ${documentationSource}`,
  silentWhen: 'It is a run (a workflow, a build) that is still going on, or it is suspended.',
  opensAfterSeconds: 900,
  closesAfterSeconds: 15,
  message: customNotReady.message,
});

export type CustomStateFacts = { state: string; path: string; message: string };

export const customFailed = defineCode<CustomStateFacts>({
  code: 'custom-failed',
  title: 'Custom resource has failed',
  documentation: `The status of the resource sums it up with a word for a failure (Failed, Error, Degraded and the like). ${documentationSource}`,
  silentWhen: 'A later run of the same kind went well, or it is suspended.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 15,
  message: ({ state, message }) => `${state}${message === '' ? '' : `: ${message}`}`,
});

export type BehindFacts = { generation: number; observed: number };

export const customBehind = defineCode<BehindFacts>({
  code: 'custom-behind',
  title: 'Change of a custom resource is not acted upon',
  documentation:
    'The specification was changed more than ten minutes ago, and status.observedGeneration shows that its operator has not looked at it since. Usually the operator is not running, or hangs.',
  silentWhen: 'The change is younger than ten minutes, or the resource is paused.',
  opensAfterSeconds: 600,
  closesAfterSeconds: 15,
  message: ({ generation, observed }) => `Generation ${generation} of its specification is not acted upon; its operator last saw ${observed}.`,
});

export const customUntouched = defineCode<{ kind: string }>({
  code: 'custom-untouched',
  title: 'Custom resource is not acted upon',
  documentation:
    'The resource exists for more than ten minutes and has no status, while others of its kind have one: its operator has not looked at it. Usually it is not running, or does not watch this namespace.',
  silentWhen: 'No resource of its kind has a status: then the kind may not have one at all.',
  opensAfterSeconds: 600,
  closesAfterSeconds: 15,
  message: ({ kind }) => `Its operator has written no status, as it has for other ${kind} objects.`,
});

export const customWithoutController = defineCode<{ controller: string }>({
  code: 'custom-without-controller',
  title: 'Custom resource whose controller does not run',
  documentation:
    'The resource waits for its operator (it has no status yet, or its change was not seen), and of the workloads that may write the status of its kind not one is ready.',
  silentWhen: 'One of the controllers runs, or who the controllers are cannot be told from roles and bindings.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 15,
  message: ({ controller }) => `It is not acted upon: ${controller} does not run.`,
});
