import type { Impact } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { Incident } from './incident.ts';

/** One step that the cluster's own state justifies. */
export interface RemedyStep {
  description: string;
  /** Arguments after `kubectl`, one a word: quoted for the shell only when printed. Null: something a person does elsewhere. */
  kubectl: readonly string[] | null;
  validation: string;
  rollback: string | null;
  impact: Impact;
}

/**
 * What a remedy proposes. `steps` stay inside the guardrails (checks, restarts, configuration changes); what is
 * stateful or risky is a `decision`: a person's, with its command and what it destroys spelled out.
 */
export interface RemedyProposal {
  summary: string;
  assumptions: string[];
  steps: RemedyStep[];
  decisions: { description: string; command: string; destroys: string }[];
  evidenceToGather: string[];
  /** For the long-term plan: what keeps it from happening again. */
  recommendations: string[];
}

/** Why nothing is proposed: which facts are missing and how to get them, and what a person may decide without them. */
export interface MissingFacts {
  missing: string[];
  decisions?: RemedyProposal['decisions'];
}

export interface Remedy {
  mechanisms: readonly string[];
  /** Pure. Without the facts that a proposal needs, what is missing becomes the evidence to gather. */
  propose(incident: Incident, view: ClusterView): RemedyProposal | MissingFacts;
}

export function defineRemedy(remedy: Remedy): Remedy {
  return remedy;
}
