import { type ObjectRef, type Plan, type PlanHorizon, type PlanStep, planSchema, refLabel, sameRef } from '@quarterdeck/contract';
import type { Incident } from '../model/incident.ts';
import type { MissingFacts, Remedy, RemedyProposal, RemedyStep } from '../model/remedy.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { checkArguments } from './guardrails.ts';
import { commandLine } from './kubectl-command.ts';
import { sourcesOf } from './object-sources.ts';
import { preventionsFor } from './prevention.ts';
import { readOnlyChecks } from './read-only-checks.ts';
import { remedies } from './remedies/index.ts';
import { remakeDecisions } from './remedies/recreate.ts';
import { goingBack, rollbackProposal, rollbackText, undoesImage } from './rollback.ts';
import { goesBack, objectionTo, type Situation, situationOf } from './situation.ts';
import { inSafeOrder } from './step-order.ts';

export interface PlanOptions {
  /** The person's own words: fixed phrases turn choices (see `situationOf`), the rest is repeated and turns nothing. */
  userContext: string;
  horizon: PlanHorizon;
}

/**
 * The plan for an incident, made of what the cluster's own state justifies. Without a remedy the steps only look. A
 * step that the guardrails refuse, or that the person's situation excludes, is never a step: it is told as a decision.
 * Deterministic, without a model.
 */
export function planFor(incident: Incident, view: ClusterView, options: PlanOptions): Plan {
  const situation = situationOf(options.userContext);
  const proposed = proposedFor(incident, view, situation);
  const context: PlanContext = { incident, view, options, situation };
  return planSchema.parse('missing' in proposed ? lookingPlan(proposed, context) : remedyPlan(proposed, context));
}

interface PlanContext {
  incident: Incident;
  view: ClusterView;
  options: PlanOptions;
  situation: Situation;
}

/** What a remedy knows; else the way back to what was well, unless the person rules it out. */
function proposedFor(incident: Incident, view: ClusterView, situation: Situation): RemedyProposal | MissingFacts {
  const forward = situation.noRollback ? withoutWayBack(incident) : incident;
  const proposed = proposalFor(forward, view, remedies);
  const back = 'missing' in proposed && !situation.noRollback && !(situation.keepImage && undoesImage(incident, view)) ? goingBack(incident, view) : null;
  return back === null || !('missing' in proposed) ? proposed : rollbackProposal(back, proposed.missing, view);
}

/** Remedies then look for a repair instead of going back. */
function withoutWayBack(incident: Incident): Incident {
  return { ...incident, facts: { ...incident.facts, servingRevision: null } };
}

/** The first remedy that proposes something; else what the first one misses, which knows it best, and what all of them leave to a person. */
export function proposalFor(incident: Incident, view: ClusterView, known: readonly Remedy[]): RemedyProposal | MissingFacts {
  const missing: string[] = [];
  const decisions: RemedyProposal['decisions'] = [];
  for (const remedy of known.filter(({ mechanisms }) => mechanisms.includes(incident.mechanism))) {
    const proposed = remedy.propose(incident, view);
    if (!('missing' in proposed)) return proposed;
    if (missing.length === 0) missing.push(...proposed.missing);
    decisions.push(...(proposed.decisions ?? []));
  }
  return { missing, decisions };
}

function remedyPlan(proposal: RemedyProposal, { incident, view, options, situation }: PlanContext): Plan {
  const { steps, refused } = judged(proposal.steps, situation, undoesImage(incident, view));
  const decisions = [...withRemakes(proposal.decisions, incident, steps, view).map(decisionText), ...refused];
  const ordered = inSafeOrder(steps).map(withCheck);
  const shown = ordered.length === 0 ? readOnlyChecks(incident, view) : ordered;
  const back = situation.noRollback || steps.some(goesBack) || situation.keepImage ? null : rollbackText(incident, view);
  return {
    quickFix: {
      summary: proposal.summary,
      assumptions: [...proposal.assumptions, ...sourceNotes(targetsOf(incident, steps), view, situation), ...said(options, situation)],
      steps: numbered(shown),
      fallback: [...decisions, ...(back === null ? [] : [back]), ...laterUndo(ordered, situation), afterwards(incident, ordered)].join(' '),
    },
    rootCauseHypotheses: hypotheses(incident),
    evidenceToGather: [...proposal.evidenceToGather, ...unseen(incident)],
    recommendations: options.horizon === 'long' ? [...proposal.recommendations, ...preventionsFor(incident, view), ...decisions] : decisions,
  };
}

/** A StatefulSet that a step changes or restarts may wait for a broken pod of its own, whatever the remedy was. */
function withRemakes(decisions: RemedyProposal['decisions'], incident: Incident, steps: readonly RemedyStep[], view: ClusterView): RemedyProposal['decisions'] {
  const changed = targetsOf(incident, steps).filter((ref, index, all) => index === all.findIndex((other) => sameRef(other, ref)));
  const remakes = changed.flatMap((ref) => (isChangedBy(steps, ref) ? remakeDecisions(ref, view) : []));
  return [...decisions, ...remakes.filter(({ command }) => !decisions.some((known) => known.command === command))];
}

function isChangedBy(steps: readonly RemedyStep[], { kind, name }: ObjectRef): boolean {
  const word = kind.toLowerCase();
  return steps.some(({ kubectl }) => kubectl !== null && (kubectl.includes(`${word}/${name}`) || (kubectl.includes(word) && kubectl.includes(name))));
}

/** Steps that may be taken, and the others as a person's decisions. */
function judged(steps: readonly RemedyStep[], situation: Situation, imageGoes: boolean): { steps: RemedyStep[]; refused: string[] } {
  const kept: RemedyStep[] = [];
  const refused: string[] = [];
  for (const step of steps) {
    const verdict = step.kubectl === null ? null : checkArguments(step.kubectl);
    const objection = objectionTo(step, situation, imageGoes);
    if (verdict !== null && !verdict.allowed) refused.push(leftOut(step, verdict.reason));
    else if (objection !== null) refused.push(leftOut(step, objection.replace(/\.$/, '')));
    else kept.push(step);
  }
  return { steps: kept, refused };
}

function leftOut(step: RemedyStep, reason: string): string {
  return `Decide yourself: ${step.description}: ${commandLine(step.kubectl ?? [])} (left out of the steps: ${reason}).`;
}

/** A change whose success only words tell gets a command that shows the object. */
function withCheck(step: RemedyStep): RemedyStep {
  if (step.kubectl === null || /\bkubectl /.test(step.validation)) return step;
  const namespace = step.kubectl[step.kubectl.indexOf('-n') + 1];
  const scope = step.kubectl.includes('-n') && namespace !== undefined ? ` -n ${namespace}` : '';
  return { ...step, validation: `${step.validation.replace(/[.\s]+$/, '')}; look with: kubectl get pods,events${scope}` };
}

function lookingPlan({ missing, decisions = [] }: MissingFacts, { incident, view, options, situation }: PlanContext): Plan {
  const steps = readOnlyChecks(incident, view);
  const lacking = missing.length === 0 ? ['Nothing that was seen says what the right state would be.'] : missing;
  const decided = decisions.map(decisionText);
  return {
    quickFix: {
      summary: `No safe change follows from what was seen; look further at ${refLabel(incident.cause)}.`,
      assumptions: [...sourceNotes([incident.cause], view, situation), ...said(options, situation)],
      steps: numbered(steps),
      fallback: [`A change would be a guess. What is missing for one: ${lacking.join(' ')}`, ...decided].join(' '),
    },
    rootCauseHypotheses: hypotheses(incident),
    evidenceToGather: [...missing, ...unseen(incident)],
    recommendations: options.horizon === 'long' ? [...decided, ...preventionsFor(incident, view)] : decided,
  };
}

/** The objects that the steps change: the cause, and who else is named with its namespace. */
function targetsOf({ cause, findings }: Incident, steps: readonly RemedyStep[]): ObjectRef[] {
  const named = (ref: ObjectRef) => steps.some(({ kubectl }) => kubectl?.some((word) => word === ref.name || word.endsWith(`/${ref.name}`)) === true);
  return [cause, ...findings.map(({ object }) => object)].filter((ref, index) => index === 0 || named(ref));
}

function sourceNotes(objects: readonly ObjectRef[], view: ClusterView, { fromSource }: Situation): string[] {
  const notes = sourcesOf(objects, view);
  if (notes.length > 0 || !fromSource) return notes;
  const [first] = objects;
  const what = first === undefined ? 'The objects' : `${first.kind} ${first.name}`;
  return [`${what}: you said that it comes from a source outside the cluster. Make the same change there, or the next sync or upgrade undoes it.`];
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

/** What is only for now is taken back in the opposite order. */
function laterUndo(steps: readonly RemedyStep[], { temporary }: Situation): string[] {
  const undo = steps.toReversed().flatMap(({ rollback }) => rollback ?? []);
  return temporary && undo.length > 0 ? [`You said that this is for now: take it back later with ${undo.join(', then ')}.`] : [];
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

/** A person's words stay with the plan; which of them turned nothing is said. */
function said({ userContext }: PlanOptions, { unused }: Situation): string[] {
  const text = userContext.replace(/\s+/g, ' ').trim();
  if (text === '') return [];
  const note = unused.length === 0 ? [] : [`Not used, as no choice of this plan depends on it: ${unused.join('; ')}`];
  return [`You said: ${text}`, ...note];
}
