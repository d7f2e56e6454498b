import type { Issue } from '../issues/issue.ts';
import type { Plan, PlanStep } from './plan.ts';

/**
 * The plan as a shell script to read and then run. Steps of high impact are commented out: pasting a script must not
 * destroy anything that nobody looked at.
 */
export function planShell(issue: Pick<Issue, 'title'>, plan: Plan): string {
  const steps = plan.quickFix.steps.map((step, index) => stepShell(step, index + 1));
  return `${['#!/bin/sh', comment(`Plan for: ${issue.title}`), comment(plan.quickFix.summary), 'set -eu', ...steps].join('\n')}\n`;
}

function stepShell(step: PlanStep, number: number): string {
  const lines = ['', comment(`${number}. ${step.description} (impact: ${step.impact})`)];
  if (step.kubectl === null) lines.push('# No command: a person does this.');
  else if (step.impact === 'high') lines.push('# High impact: remove the # to run it.', comment(step.kubectl));
  else lines.push(step.kubectl);
  lines.push(comment(`Check: ${step.validation}`));
  if (step.rollback !== null) lines.push(comment(`Undo: ${step.rollback}`));
  return lines.join('\n');
}

/** Every line of the text stays a comment, whatever is in it. */
function comment(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/^/gm, '# ').trimEnd();
}
