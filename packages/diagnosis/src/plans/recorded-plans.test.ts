import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan, PlanStep } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { diagnoseRecording } from '../testing/index.ts';
import { effectOfCommand } from './change-of-command.ts';
import { checkCommandLine } from './guardrails.ts';
import { planFor } from './planner.ts';

const scenarios = join(import.meta.dirname, '../../../../sandbox/scenarios');
const recorded = globSync('*/recording.qdb.json.gz', { cwd: scenarios }).map((file) => dirname(file));

async function plansOf(scenario: string): Promise<Plan[]> {
  const { incidents, view } = await diagnoseRecording(join(scenarios, scenario, 'recording.qdb.json.gz'));
  return incidents.map((incident) => planFor(incident, view, { userContext: '', horizon: 'long' }));
}

/** A step that is let through and can be carried out; one that changes something says how to see that it worked, and what it costs. */
async function expectStep({ kubectl, validation, impact }: PlanStep): Promise<void> {
  if (kubectl === null) return;
  const verdict = checkCommandLine(kubectl);
  expect(verdict, kubectl).toMatchObject({ allowed: true });
  expect(await effectOfCommand(kubectl, { at: '2026-01-01T00:00:00Z', containers: async () => ['app'] }), kubectl).toMatchObject({ problem: '' });
  if (!verdict.allowed || verdict.effect === 'read') return;
  expect(validation).toMatch(/\bkubectl \w/);
  expect(impact).not.toBe('none');
}

/** What is written for people; a command in it means every word it has. */
function wordsOf({ quickFix, evidenceToGather, recommendations }: Plan): string[] {
  const { summary, fallback, assumptions, steps } = quickFix;
  return [summary, fallback, ...assumptions, ...steps.map(({ description }) => description), ...evidenceToGather, ...recommendations].map((text) =>
    text.replaceAll(/`[^`]*`/g, ''),
  );
}

describe.each(recorded)('the plans for %s', (scenario) => {
  it('have steps that are let through, with a check that can be run, and words without gaps', async () => {
    const plans = await plansOf(scenario);
    for (const step of plans.flatMap(({ quickFix }) => quickFix.steps)) await expectStep(step);
    for (const text of plans.flatMap(wordsOf)) expect(text).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object/);
  });
});
