import { checkCommandLine } from '../plans/guardrails.ts';
import { planFor } from '../plans/planner.ts';
import { type DiagnosisOptions, runDiagnosis } from './run-diagnosis.ts';

/** What a person sees of a run: causes that count (`mechanism Kind/name`), their sentences, and the commands of their plans. */
export interface Seen {
  /** Low severity is advice and left out. */
  named: string[];
  sentences: string[];
  commands: string[];
  fallbacks: string[];
  affected: string[];
}

/** Runs a diagnosis and plans for all that it names. Throws where a plan proposes what the guardrails refuse. */
export async function seenIn(fixture: string, options: DiagnosisOptions = {}): Promise<Seen> {
  const { incidents, view } = await runDiagnosis(fixture, options);
  const counted = incidents.filter(({ severity }) => severity !== 'low');
  const plans = counted.map((incident) => planFor(incident, view, { userContext: '', horizon: 'long' }));
  const commands = plans.flatMap(({ quickFix }) => quickFix.steps.flatMap(({ kubectl }) => kubectl ?? []));
  for (const command of commands) {
    const verdict = checkCommandLine(command);
    if (!verdict.allowed) throw new Error(`${command}: ${verdict.reason}`);
  }
  return {
    named: counted.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`),
    sentences: counted.map(({ sentence }) => sentence),
    commands,
    fallbacks: plans.map(({ quickFix }) => quickFix.fallback),
    affected: counted.flatMap(({ affected }) => affected.map(({ name }) => name)),
  };
}
