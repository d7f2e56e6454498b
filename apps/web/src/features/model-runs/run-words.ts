import type { AnswerState, HealthState, RunSummary } from '@quarterdeck/contract';
import { formatDollars } from '../../text/money.ts';

export const runMarks: Readonly<Record<AnswerState, HealthState>> = {
  writing: 'pending',
  complete: 'healthy',
  limited: 'medium',
  stopped: 'paused',
  cut: 'high',
  failed: 'critical',
};

/** `1.2 s`, `340 ms`. */
export function tookText(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

export function tokensOf({ usage: { input, output } }: Pick<RunSummary, 'usage'>): number {
  return input + output;
}

/** `unpriced` where the price is unknown: no number is as good as a wrong one. */
export function costText(cost: number | null, locale: string, unpriced: string): string {
  return cost === null ? unpriced : formatDollars(cost, locale);
}

/** The prompts of a run without what all have: `troubleshoot@2`. */
export function promptText(prompt: string): string {
  const names = prompt.split(' ').filter((name) => !name.startsWith('assistant@'));
  return names.length === 0 ? prompt : names.join(' ');
}
