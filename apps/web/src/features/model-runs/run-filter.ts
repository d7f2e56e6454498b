import { answerStates, type RunFilter, runPurposes } from '@quarterdeck/contract';
import type { AiRunsSearch } from '../../app/search.ts';

const day = 86_400_000;

/** What the address asks for, as the server takes it. `now` in epoch milliseconds, coarse: a list is not read anew each second. */
export function filterOf({ q, state, purpose, prompt, model, tool, person, days }: AiRunsSearch, now: number): RunFilter {
  const given = {
    text: q,
    prompt,
    model,
    tool,
    person,
    state: answerStates.find((each) => each === state),
    purpose: runPurposes.find((each) => each === purpose),
  };
  const back = Number(days);
  const since = Number.isFinite(back) && back > 0 ? { since: new Date(now - back * day).toISOString() } : {};
  return { ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), ...since };
}
