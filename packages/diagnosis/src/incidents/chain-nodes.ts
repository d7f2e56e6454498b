import { type ChainNode, type ObjectRef, refKey, sameRef } from '@quarterdeck/contract';
import { objectState } from '../graph/object-state.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Relation } from '../model/relation.ts';
import type { IdentifiedFinding } from '../model/rule.ts';
import { compareText } from '../resolve/compare-chains.ts';
import type { Chain } from '../resolve/resolution.ts';
import type { RuleView } from '../view/rule-view.ts';
import type { ChainGroup } from './group-chains.ts';

const mostChains = 20;

interface Step {
  object: ObjectRef;
  relation: string | null;
  relationDetail: string | null;
}

export interface ChainContext {
  view: RuleView;
  byId: ReadonlyMap<string, IdentifiedFinding>;
  /** By the key of the object that they are on, pods by that of their owner; the worst first. */
  byOwner: ReadonlyMap<string, readonly IdentifiedFinding[]>;
  titleOf(code: string): string;
}

/** The ways from the cause to each symptom that no other symptom lies behind; the longest first, each way once. */
export function chainsOf(group: ChainGroup, context: ChainContext): ChainNode[][] {
  const ways = new Map<string, Step[]>();
  for (const chain of group.chains) {
    const steps = stepsOf(chain, group.cause, context);
    ways.set(steps.map((step) => `${refKey(step.object)}>`).join(''), steps);
  }
  const sorted = [...ways].sort(([a, one], [b, other]) => other.length - one.length || compareText(a, b));
  const kept: string[] = [];
  for (const [key] of sorted) {
    if (kept.length < mostChains && !kept.some((longer) => longer.startsWith(key))) kept.push(key);
  }
  return kept.map((key) => (ways.get(key) ?? []).map((step) => nodeOf(step, context)));
}

/** From the cause to the symptom; pods stand as their owner, and what an edge passes through has a step of its own. */
function stepsOf(chain: Chain, cause: ObjectRef, { view, byId }: ChainContext): Step[] {
  const steps: Step[] = [{ object: cause, relation: null, relationDetail: null }];
  for (const link of chain.links.toReversed()) {
    const symptom = byId.get(link.finding);
    if (symptom === undefined) continue;
    const object = view.topOwner(symptom.object);
    const through = passedThrough(link.via, steps.at(-1)?.object, object, view);
    if (through !== null) steps.push({ object: through, relation: through.kind === 'Service' ? 'selects' : null, relationDetail: null });
    if (!sameRef(steps.at(-1)?.object ?? cause, object)) steps.push({ object, ...relationOf(link) });
  }
  const last = byId.get(chain.finding);
  const object = last === undefined ? cause : view.topOwner(last.object);
  if (chain.links.length === 0 && !sameRef(cause, object)) steps.push({ object, relation: null, relationDetail: null });
  return steps;
}

/** The Service between a caller and the pods behind it, where the edge leads to the Service and the finding is on the pods. */
function passedThrough(via: Relation | null, before: ObjectRef | undefined, after: ObjectRef, view: RuleView): ObjectRef | null {
  if (via === null || before === undefined) return null;
  const target = view.topOwner(via.to);
  return [before, after].some((end) => sameRef(end, target)) ? null : target;
}

function relationOf({ via }: Explanation): Pick<Step, 'relation' | 'relationDetail'> {
  if (via === null) return { relation: null, relationDetail: null };
  const { port, key } = via.detail;
  return { relation: via.type, relationDetail: port === undefined ? (key ?? via.path) : String(port) };
}

function nodeOf({ object, relation, relationDetail }: Step, { view, byOwner, titleOf }: ChainContext): ChainNode {
  const { exists, state, text } = objectState(object, view, byOwner.get(refKey(object)) ?? [], titleOf);
  return { object, exists, state, stateText: text, relation, relationDetail };
}
