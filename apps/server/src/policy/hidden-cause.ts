import { type ChainNode, hiddenRef, type Issue, type IssueDetail, type ObjectRef } from '@quarterdeck/contract';
import type { Sight } from './sight.ts';

/** That something is the cause which may not be seen: all that is said of it. */
const sentence = 'The cause is something you may not see.';

const node: ChainNode = { object: hiddenRef, exists: true, state: 'unknown', stateText: 'hidden from you', relation: null, relationDetail: null };

/** What must be known of an incident of the whole cluster. */
export interface WholeIncident {
  cause: ObjectRef;
  confidence: Issue['confidence'];
  findings: readonly { id: string; object: ObjectRef }[];
  /** What is missing for the cause stands before it. */
  chains: readonly (readonly { object: ObjectRef }[])[];
}

/** The findings on visible objects whose cause is known and hidden. */
export function causedUnseen(incidents: readonly WholeIncident[], sight: Sight): ReadonlySet<string> {
  const beginsHidden = ({ cause, chains }: WholeIncident) => [cause, ...chains.flatMap(([first]) => first?.object ?? [])].some((ref) => !sight.sees(ref));
  const unseen = incidents.filter((incident) => incident.confidence !== 'unexplained' && beginsHidden(incident));
  return new Set(unseen.flatMap(({ findings }) => findings.flatMap(({ id, object }) => (sight.sees(object) ? [id] : []))));
}

/** An issue whose cause is hidden, as its own check can't know: where it has found none, it says so, and the chain begins there. */
export function withHiddenCause<T extends Issue | IssueDetail>(issue: T): T {
  const chained = 'chains' in issue ? { chains: chainsOf(issue) } : {};
  const explanation = issue.cause === null ? sentence : `${issue.explanation.replace(/([^.!?])$/, '$1.')} ${sentence}`;
  return { ...issue, ...chained, explanation };
}

function chainsOf({ chains }: IssueDetail): ChainNode[][] {
  return chains.length === 0
    ? [[node]]
    : chains.map(([first, ...rest]) => [node, ...(first === undefined ? [] : [{ ...first, relation: 'depends on' }]), ...rest]);
}
