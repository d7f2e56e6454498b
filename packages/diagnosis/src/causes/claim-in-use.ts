import { isKind, type KindTypes, type ObjectRef, refKey, refLabel } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import { isLive, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, stringFact } from './explain.ts';

const id = 'claim-in-use';

export type ClaimInUseFacts = { claim: string; mode: string; holders: readonly string[]; own: boolean };

export const claimHeld = defineMechanism<ClaimInUseFacts>({
  id: 'claim-in-use',
  title: (facts) => `PersistentVolumeClaim ${facts.claim} is in use by another pod`,
  sentence: (facts, object) =>
    `Pods of ${object.kind} ${object.name} wait for PersistentVolumeClaim ${facts.claim}, whose access mode ${facts.mode} admits ${
      facts.mode === 'ReadWriteOncePod' ? 'one pod' : 'the pods of one node'
    } at a time, and ${listed(facts.holders, 'another pod')} ${facts.holders.length > 1 ? 'have' : 'has'} it${
      facts.own ? `: all replicas of ${object.kind} ${object.name} share one claim` : ''
    }.`,
});

export type RolloutClaimFacts = ClaimInUseFacts & { strategy: string };

export const rolloutNeedsClaim = defineMechanism<RolloutClaimFacts>({
  id: 'rollout-needs-claim',
  title: (facts, object) => `The rollout of ${object.kind} ${object.name} wants claim ${facts.claim} before the old pod gives it back`,
  sentence: (facts, object) =>
    `The rollout of ${object.kind} ${object.name} (strategy ${facts.strategy}) starts a new pod before it ends the old one, but both mount PersistentVolumeClaim ${facts.claim}, whose access mode ${facts.mode} admits ${
      facts.mode === 'ReadWriteOncePod' ? 'one pod' : 'the pods of one node'
    } at a time: ${listed(facts.holders)} of the former revision has it, and neither gives way.`,
});

/** What the scheduler and the attach controller say of a volume that is taken. */
const taken = /ReadWriteOncePod access mode already in-use|Multi-Attach error/;

/** A pod that waits for a volume that another pod holds: the workload that wants to share what cannot be shared. */
export const claimInUseRule = defineRule({
  id,
  explains: ['pod-unschedulable', 'container-not-starting'],
  mechanisms: [claimHeld, rolloutNeedsClaim],
  *explain(finding, view): Iterable<Explanation> {
    const message = stringFact(finding.facts, 'message') ?? '';
    if (!taken.test(message)) return;
    const workload = view.topOwner(finding.object);
    for (const via of view.outgoing(finding.object, 'mounts').filter(({ to }) => to.kind === 'PersistentVolumeClaim')) {
      const claim = view.get('PersistentVolumeClaim', via.to.namespace, via.to.name);
      const mode = claim?.spec?.accessModes?.find((each) => each === 'ReadWriteOncePod' || each === 'ReadWriteOnce');
      const holders = holdersOf(via.to, finding.object, view);
      if (claim === undefined || mode === undefined || holders.length === 0) continue;
      yield held(finding, workload, { claim, mode, holders, via }, view);
    }
  },
});

interface Held {
  claim: KindTypes['PersistentVolumeClaim'];
  mode: string;
  holders: readonly Pod[];
  via: Relation;
}

function held(finding: Parameters<typeof endsAt>[0]['finding'], workload: ObjectRef, { claim, mode, holders, via }: Held, view: RuleView): Explanation {
  const facts: ClaimInUseFacts = {
    claim: claim.metadata.name,
    mode,
    holders: holders.map(({ metadata }) => `Pod ${metadata.name}`),
    own: holders.every((pod) => refKey(view.topOwner(podRef(pod))) === refKey(workload)),
  };
  const seen = [
    fieldEvidence(via.to, 'spec.accessModes', mode, { decisive: true }),
    ...holders
      .slice(0, 2)
      .map((pod) =>
        evidence({ source: 'spec', object: podRef(pod), path: via.path, text: `${refLabel(podRef(pod))} mounts ${claim.metadata.name}`, decisive: true }),
      ),
  ];
  const common = { rule: id, finding, object: workload, strength: 'certain' as const, via, evidence: seen };
  const strategy = facts.own ? rollingStrategy(finding.object, holders, workload, view) : null;
  if (strategy !== null) return endsAt({ ...common, mechanism: rolloutNeedsClaim, facts: { ...facts, strategy } });
  return endsAt({ ...common, mechanism: claimHeld, facts });
}

/** The strategy of a Deployment whose former revision has the claim; null where pods of one revision fight over it. */
function rollingStrategy(waiting: ObjectRef, holders: readonly Pod[], workload: ObjectRef, view: RuleView): string | null {
  const deployment = workload.kind === 'Deployment' ? view.get('Deployment', workload.namespace, workload.name) : undefined;
  const revision = view.find(waiting)?.metadata.labels?.['pod-template-hash'];
  const former = holders.every(({ metadata }) => metadata.labels?.['pod-template-hash'] !== revision);
  return deployment !== undefined && former && deployment.spec?.strategy?.type !== 'Recreate' ? (deployment.spec?.strategy?.type ?? 'RollingUpdate') : null;
}

/** Other pods that mount the claim and have a node. */
function holdersOf(claim: ObjectRef, except: ObjectRef, view: RuleView): Pod[] {
  return view.incoming(claim, 'mounts').flatMap(({ from }) => {
    const pod = refKey(from) === refKey(except) ? undefined : view.find(from);
    return pod !== undefined && isKind(pod, 'Pod') && isLive(pod) && pod.spec?.nodeName !== undefined ? [pod] : [];
  });
}
