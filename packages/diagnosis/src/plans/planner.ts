import { type Plan, type PlanHorizon, type PlanStep, planSchema, refLabel, sameRef } from '@quarterdeck/contract';
import type { Incident } from '../model/incident.ts';
import type { Remedy, RemedyProposal, RemedyStep } from '../model/remedy.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { checkArguments } from './guardrails.ts';
import { commandLine } from './kubectl-command.ts';
import { readOnlyChecks } from './read-only-checks.ts';
import { remedies } from './remedies/index.ts';

export interface PlanOptions {
  /** The person's own words; repeated among the assumptions and never interpreted. */
  userContext: string;
  horizon: PlanHorizon;
}

/**
 * The plan for an incident, made of what the cluster's own state justifies. Without a remedy the steps only look. A
 * step that the guardrails refuse is never a step: it is told as a decision. Deterministic, without a model.
 */
export function planFor(incident: Incident, view: ClusterView, options: PlanOptions): Plan {
  const proposed = proposalFor(incident, view, remedies);
  return planSchema.parse('missing' in proposed ? lookingPlan(incident, view, proposed.missing, options) : remedyPlan(incident, proposed, options));
}

/** The first remedy that proposes something, else what all of them miss. */
export function proposalFor(incident: Incident, view: ClusterView, known: readonly Remedy[]): RemedyProposal | { missing: string[] } {
  const missing: string[] = [];
  for (const remedy of known.filter(({ mechanisms }) => mechanisms.includes(incident.mechanism))) {
    const proposed = remedy.propose(incident, view);
    if (!('missing' in proposed)) return proposed;
    missing.push(...proposed.missing);
  }
  return { missing };
}

function remedyPlan(incident: Incident, proposal: RemedyProposal, options: PlanOptions): Plan {
  const judged = proposal.steps.map((step) => ({ step, verdict: step.kubectl === null ? null : checkArguments(step.kubectl) }));
  const steps = judged.flatMap(({ step, verdict }) => (verdict === null || verdict.allowed ? [step] : []));
  const refused = judged.flatMap(({ step, verdict }) =>
    verdict === null || verdict.allowed
      ? []
      : [`Decide yourself: ${step.description}: ${commandLine(step.kubectl ?? [])} (left out of the steps: ${verdict.reason}).`],
  );
  const decisions = [...proposal.decisions.map(decisionText), ...refused];
  return {
    quickFix: {
      summary: proposal.summary,
      assumptions: [...proposal.assumptions, ...said(options)],
      steps: numbered(steps),
      fallback: [...decisions, afterwards(incident, steps)].join(' '),
    },
    rootCauseHypotheses: hypotheses(incident),
    evidenceToGather: [...proposal.evidenceToGather, ...unseen(incident)],
    recommendations: options.horizon === 'long' ? [...proposal.recommendations, ...decisions] : decisions,
  };
}

function lookingPlan(incident: Incident, view: ClusterView, missing: readonly string[], options: PlanOptions): Plan {
  const steps = readOnlyChecks(incident, view);
  const lacking = missing.length === 0 ? ['Nothing that was seen says what the right state would be.'] : missing;
  return {
    quickFix: {
      summary: `No safe change follows from what was seen; look further at ${refLabel(incident.cause)}.`,
      assumptions: said(options),
      steps: numbered(steps),
      fallback: `A change would be a guess. What is missing for one: ${lacking.join(' ')}`,
    },
    rootCauseHypotheses: hypotheses(incident),
    evidenceToGather: [...missing, ...unseen(incident)],
    recommendations: [],
  };
}

function decisionText({ description, command, destroys }: RemedyProposal['decisions'][number]): string {
  return `Decide yourself: ${description}${command === '' ? '' : `: \`${command}\``}. ${destroys}`;
}

function numbered(steps: readonly RemedyStep[]): PlanStep[] {
  return steps.map(({ description, kubectl, validation, rollback, impact }, index) => ({
    stepId: `s${index + 1}`,
    description,
    kubectl: kubectl === null ? null : commandLine(kubectl),
    validation,
    rollback,
    impact,
  }));
}

function afterwards(incident: Incident, steps: readonly RemedyStep[]): string {
  const undo = steps.every(({ rollback }) => rollback === null) ? '' : 'If a step fails, run its rollback before anything else. ';
  return `${undo}If the issue stays, the cause is another: look at ${refLabel(incident.cause)} again with the evidence listed here.`;
}

/** The sentence first, then what lost to it; where it is not certain, that a symptom may have a cause of its own. */
function hypotheses(incident: Incident): string[] {
  const certain = incident.confidence === 'certain';
  const rivals = incident.rivals.filter(({ strength }) => !certain || strength !== 'possible').map(({ sentence }) => `Otherwise: ${sentence}`);
  if (certain) return [incident.sentence, ...rivals];
  const symptoms = incident.findings.filter(({ object }) => !sameRef(object, incident.cause));
  const own = symptoms.flatMap(({ object, evidence }) =>
    evidence[0] === undefined ? [] : [`Otherwise the fault is in ${refLabel(object)} itself: ${evidence[0].text}`],
  );
  return [incident.sentence, ...new Set([...rivals, ...own])].slice(0, 4);
}

function unseen(incident: Incident): string[] {
  return incident.notSeen.map((text) => `Not seen: ${text}`);
}

function said({ userContext }: PlanOptions): string[] {
  const text = userContext.replace(/\s+/g, ' ').trim();
  return text === '' ? [] : [`You said: ${text}`];
}
