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

export interface Remedy {
  mechanisms: readonly string[];
  /** Null where a fact is missing; `evidenceToGather` of the fallback plan then comes from `missing`. */
  propose(incident: Incident, view: ClusterView): RemedyProposal | { missing: string[] };
}

export function defineRemedy(remedy: Remedy): Remedy {
  return remedy;
}
