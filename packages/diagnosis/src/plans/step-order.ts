import type { RemedyStep } from '../model/remedy.ts';
import { checkArguments } from './guardrails.ts';

/**
 * The order in which steps are safe: looking first, then what others need (accounts, configuration), then who uses it,
 * and restarts at the very end, as they read what was changed before. Steps of one sort stay as they were.
 */
export function inSafeOrder(steps: readonly RemedyStep[]): RemedyStep[] {
  const firstChange = steps.findIndex((step) => !onlyLooks(step));
  const ranked = steps.map((step, index) => ({ step, rank: rankOf(step, index < firstChange || firstChange < 0) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ step }) => step);
}

function onlyLooks({ kubectl }: RemedyStep): boolean {
  if (kubectl === null) return false;
  const verdict = checkArguments(kubectl);
  return verdict.allowed && verdict.effect === 'read';
}

const rankOfKind: readonly (readonly [RegExp, number])[] = [
  [/^(?:serviceaccounts?|sa|configmaps?|cm|secrets?)(?:\/|$)/, 2],
  [/^(?:services?|svc|ingress(?:es)?|ing)(?:\/|$)/, 3],
];

function rankOf(step: RemedyStep, isBefore: boolean): number {
  const [verb = '', second = '', third = ''] = step.kubectl ?? [];
  if (onlyLooks(step)) return isBefore ? 0 : 9;
  if (verb === 'create') return 1;
  if (verb === 'rollout' && second === 'restart') return 8;
  const type = ['set', 'rollout'].includes(verb) ? third : second;
  return rankOfKind.find(([pattern]) => pattern.test(type))?.[1] ?? 5;
}
