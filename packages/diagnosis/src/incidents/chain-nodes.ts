import { type ChainNode, type ObjectRef, refKey, sameRef } from '@quarterdeck/contract';
import { objectState } from '../graph/object-state.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { compareText } from '../resolve/compare-chains.ts';
import type { Chain } from '../resolve/resolution.ts';
import type { RuleView } from '../view/rule-view.ts';
import { absentReference } from './absent-reference.ts';
import { areJoined, type ChainLink, linkBetween, noLink } from './chain-links.ts';
import type { ChainGroup } from './group-chains.ts';
import { stateWords } from './state-words.ts';

const mostChains = 20;

interface Step extends ChainLink {
  object: ObjectRef;
}

export interface ChainContext {
  view: RuleView;
  byId: ReadonlyMap<string, IdentifiedFinding>;
  /** On an object or on pods that it owns; the worst first. */
  findingsUnder(owner: ObjectRef): readonly IdentifiedFinding[];
}

/**
 * The ways from the cause to each symptom that no other symptom lies behind; the longest first, each way once. Where
 * the cause refers to something that is not there, they begin at what is missing.
 */
export function chainsOf(group: ChainGroup, context: ChainContext): ChainNode[][] {
  const start = startOf(group, context);
  const ways = new Map<string, Step[]>();
  for (const chain of group.chains) {
    const steps = stepsOf(chain, start, group.cause, context);
    ways.set(steps.map((step) => `${refKey(step.object)}>`).join(''), steps);
  }
  const sorted = [...ways].sort(([a, one], [b, other]) => other.length - one.length || compareText(a, b));
  const kept: string[] = [];
  for (const [key] of sorted) {
    if (kept.length < mostChains && !kept.some((longer) => longer.startsWith(key))) kept.push(key);
  }
  return kept.map((key) => (ways.get(key) ?? []).map((step) => nodeOf(step, group.cause, context)));
}

function startOf(group: ChainGroup, { view, byId }: ChainContext): Step[] {
  const absent = absentReference(group, byId, view);
  if (absent === null) return [{ object: group.cause, ...noLink }];
  return [
    { object: absent.object, ...noLink },
    { object: group.cause, ...absent.link },
  ];
}

/** From the cause to the symptom; pods stand as their owner, and what an edge passes through has a step of its own. */
function stepsOf(chain: Chain, start: readonly Step[], cause: ObjectRef, { view, byId }: ChainContext): Step[] {
  const steps = [...start];
  let before = cause;
  const add = (object: ObjectRef, via: Relation | null) => {
    if (sameRef(before, object)) return;
    steps.push({ object, ...linkBetween(before, object, via, view) });
    before = object;
  };
  for (const link of chain.links.toReversed()) {
    const symptom = byId.get(link.finding);
    if (symptom === undefined) continue;
    const object = view.topOwner(symptom.object);
    const through = passedThrough(link.via, before, object, view);
    if (through !== null) add(through, link.via?.type === 'changes' ? link.via : null);
    add(object, link.via);
  }
  const last = byId.get(chain.finding);
  if (chain.links.length === 0 && last !== undefined) add(view.topOwner(last.object), null);
  return steps;
}

/** The Service between a caller and the pods behind it, where the edge leads to the Service and the finding is on the pods. */
function passedThrough(via: Relation | null, before: ObjectRef, after: ObjectRef, view: RuleView): ObjectRef | null {
  if (via === null) return null;
  const target = view.topOwner(via.to);
  const isOwn = [before, after].some((end) => sameRef(end, target));
  return isOwn || (via.type !== 'changes' && !areJoined(target, before, view)) ? null : target;
}

/** A cause that its kind takes for well is not shown as well: something about it is not. */
function nodeOf({ object, relation, relationDetail }: Step, cause: ObjectRef, { view, findingsUnder }: ChainContext): ChainNode {
  const { exists, state, text } = objectState(object, view, findingsUnder(object), stateWords);
  const isWell = state === 'healthy' && sameRef(object, cause);
  return { object, exists, state: isWell ? 'unknown' : state, stateText: isWell ? text || 'exists' : text, relation, relationDetail };
}
