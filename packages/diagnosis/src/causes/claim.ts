import { type KindTypes, type ObjectRef, refLabel, refOf, refTo } from '@quarterdeck/contract';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, eventEvidence, evidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { templateOf } from '../storage/claim-template.ts';
import { defaultStorageClass } from '../storage/default-class.ts';
import { isStaticClass, nearestVolume, type Unfit, whyUnfit } from '../storage/volume-fit.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, listed } from './explain.ts';

type Claim = KindTypes['PersistentVolumeClaim'];
type Volume = KindTypes['PersistentVolume'];

/** `template` is the path of the claim template of a StatefulSet that asks for the class; null for a claim of its own. */
export type StorageClassFacts = {
  class: string;
  claim: string;
  template: string | null;
  existing: readonly string[];
  byDefault: string | null;
  meant: string | null;
};

const storageClassMissing: Mechanism<StorageClassFacts> = {
  id: 'storage-class-missing',
  title: (facts, object) => `StorageClass ${facts.class} of ${object.kind} ${object.name} does not exist`,
  sentence: (facts, object) =>
    `${object.kind === 'StatefulSet' ? `The volumeClaimTemplates of StatefulSet ${object.name} ask` : `PersistentVolumeClaim ${object.name} asks`} for StorageClass ${facts.class}, which does not exist (${
      facts.existing.length === 0 ? 'the cluster has no StorageClass' : `the cluster has ${listed(facts.existing)}`
    }), so no volume is made for ${object.kind === 'StatefulSet' ? `claim ${facts.claim}` : 'it'} and pods that mount it stay Pending.`,
};

export type NoDefaultFacts = { existing: readonly string[] };

const noDefaultClass: Mechanism<NoDefaultFacts> = {
  id: 'no-default-storage-class',
  title: (_facts, object) => `PersistentVolumeClaim ${object.name} names no StorageClass and there is no default`,
  sentence: (facts, object) =>
    `PersistentVolumeClaim ${object.name} names no StorageClass and none of the cluster's is the default (${listed(facts.existing, 'there is none at all')}), so no volume is made for it.`,
};

export type UnfitFacts = { volume: string | null; reason: string; wanted: string; offered: string };

const unfitText: Record<Unfit['reason'], (facts: UnfitFacts) => string> = {
  size: ({ volume, wanted, offered }) => `it asks for ${wanted}, and PersistentVolume ${volume} has only ${offered}`,
  'access-mode': ({ volume, wanted, offered }) => `it asks for access mode ${wanted}, and PersistentVolume ${volume} offers ${offered}`,
  'volume-mode': ({ volume, wanted, offered }) => `it asks for volumeMode ${wanted}, and PersistentVolume ${volume} is ${offered}`,
  labels: ({ volume, wanted, offered }) => `its selector ${wanted} does not match the labels ${offered} of PersistentVolume ${volume}`,
  released: ({ volume, offered }) => `PersistentVolume ${volume} is Released and still held by ${offered}`,
  taken: ({ volume, offered }) => `PersistentVolume ${volume} is bound to ${offered}`,
  class: ({ volume, wanted, offered }) => `it asks for class ${wanted}, and PersistentVolume ${volume} has ${offered}`,
};

function isUnfitReason(reason: string): reason is Unfit['reason'] {
  return Object.hasOwn(unfitText, reason);
}

const noVolumeFits: Mechanism<UnfitFacts> = {
  id: 'no-volume-fits',
  title: (_facts, object) => `No PersistentVolume fits PersistentVolumeClaim ${object.name}`,
  sentence: (facts, object) =>
    `No volume can be bound to PersistentVolumeClaim ${object.name}: ${isUnfitReason(facts.reason) ? unfitText[facts.reason](facts) : 'there is no PersistentVolume, and its class makes none by itself'}.`,
};

export type ProvisionerFacts = { provisioner: string; message: string; claims: number };

const provisionerFails: Mechanism<ProvisionerFacts> = {
  id: 'provisioner-fails',
  title: (facts) => `Provisioner ${facts.provisioner} makes no volume`,
  sentence: (facts, object) =>
    object.kind === 'StorageClass'
      ? `StorageClass ${object.name} names provisioner ${facts.provisioner}, and nothing acts under that name: not one volume was made for the ${facts.claims === 1 ? 'claim that waits' : `${facts.claims} claims that wait`} for it. Whether the driver is installed and runs decides.`
      : `${object.kind} ${object.name} waits for provisioner ${facts.provisioner}, which makes no volume${facts.message === '' ? '' : `: ${facts.message}`}. Whether the driver runs, and its log, decide.`,
};

export type MissingVolumeFacts = { volume: string; claim: string; meant: string | null };

const volumeMissing: Mechanism<MissingVolumeFacts> = {
  id: 'volume-missing',
  title: (facts) => `PersistentVolume ${facts.volume} does not exist`,
  sentence: (facts) =>
    `PersistentVolumeClaim ${facts.claim} is tied to PersistentVolume ${facts.volume} by spec.volumeName, which does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}.`,
};

const rule = 'claim';

export const claimRule = defineRule({
  id: rule,
  explains: ['claim-pending', 'claim-lost'],
  mechanisms: [storageClassMissing, noDefaultClass, noVolumeFits, provisionerFails, volumeMissing],
  *explain(finding, view) {
    const claim = view.get('PersistentVolumeClaim', finding.object.namespace, finding.object.name);
    if (claim === undefined) return;
    const explanation = missingVolume(finding, claim, view) ?? (finding.code === 'claim-pending' ? unbound(finding, claim, view) : null);
    if (explanation !== null) yield explanation;
  },
});

function missingVolume(finding: IdentifiedFinding, claim: Claim, view: RuleView): Explanation | null {
  const [via] = view.outgoing(finding.object, 'claims');
  if (via === undefined || !view.isMissing(via.to)) return null;
  const meant = nearMiss(
    via.to.name,
    view.list('PersistentVolume').map(({ metadata }) => metadata.name),
  );
  const facts: MissingVolumeFacts = { volume: via.to.name, claim: claim.metadata.name, meant };
  const end: { object: ObjectRef; exists: boolean } =
    meant === null && finding.code !== 'claim-lost' ? { object: via.to, exists: false } : { object: finding.object, exists: true };
  const seen = [fieldEvidence(finding.object, via.path, via.to.name, { decisive: true }), absenceEvidence(via.to, `${refLabel(via.to)} does not exist`)];
  return ending(finding, { ...end, mechanism: volumeMissing.id, facts }, { rule, strength: 'certain', via, evidence: seen });
}

function unbound(finding: IdentifiedFinding, claim: Claim, view: RuleView): Explanation | null {
  if (view.coverage('StorageClass') !== 'read') return null;
  const volumes = view.list('PersistentVolume');
  const [via] = view.outgoing(finding.object, 'provisions');
  if (claim.spec?.volumeName !== undefined) return unfitVolume(finding, claim, claim.spec.volumeName, view);
  if (via === undefined) return claim.spec?.storageClassName === '' ? unfit(finding, claim, volumes) : withoutDefault(finding, claim, volumes, view);
  const storageClass = view.get('StorageClass', null, via.to.name);
  if (storageClass?.provisioner === 'kubernetes.io/no-provisioner' || (storageClass === undefined && isStaticClass(via.to.name, volumes)))
    return unfit(finding, claim, volumes);
  if (storageClass !== undefined) return provisioning(finding, storageClass, view);
  return withoutClass(finding, claim, via.to, view);
}

/** Who asks for the class: the StatefulSet whose template the claim was made from, else the claim. */
function withoutClass(finding: IdentifiedFinding, claim: Claim, storageClass: ObjectRef, view: RuleView): Explanation {
  const template = templateOf(claim, view);
  const existing = view.list('StorageClass').map(({ metadata }) => metadata.name);
  const byDefault = defaultStorageClass(view.list('StorageClass'));
  const base = { class: storageClass.name, claim: claim.metadata.name, existing, byDefault, meant: nearMiss(storageClass.name, existing) };
  const facts: StorageClassFacts = { ...base, template: template?.path ?? null };
  const object = template?.set ?? finding.object;
  const seen = [
    fieldEvidence(object, template === null ? 'spec.storageClassName' : `${template.path}.spec.storageClassName`, storageClass.name, { decisive: true }),
    absenceEvidence(storageClass, `StorageClass ${storageClass.name} does not exist; there is ${listed(existing)}`),
  ];
  return ending(finding, { object, mechanism: storageClassMissing.id, facts }, { rule, strength: 'certain', evidence: seen });
}

/** A claim that names its volume can have no other. */
function unfitVolume(finding: IdentifiedFinding, claim: Claim, name: string, view: RuleView): Explanation | null {
  const volume = view.get('PersistentVolume', null, name);
  return volume === undefined || whyUnfit(claim, volume) === null ? null : unfit(finding, claim, [volume]);
}

function withoutDefault(finding: IdentifiedFinding, claim: Claim, volumes: readonly Volume[], view: RuleView): Explanation {
  const existing = view.list('StorageClass').map(({ metadata }) => metadata.name);
  if (claim.spec?.selector !== undefined) return unfit(finding, claim, volumes);
  const seen = [
    evidence({
      source: 'absence',
      object: finding.object,
      text: `No spec.storageClassName, and none of ${listed(existing, 'no')} StorageClasses is the default`,
      decisive: true,
    }),
  ];
  return ending(finding, { object: finding.object, mechanism: noDefaultClass.id, facts: { existing } }, { rule, strength: 'certain', evidence: seen });
}

function unfit(finding: IdentifiedFinding, claim: Claim, volumes: readonly Volume[]): Explanation {
  const nearest = nearestVolume(claim, volumes);
  const object = finding.object;
  const facts: UnfitFacts = {
    volume: nearest?.volume.metadata.name ?? null,
    reason: nearest?.unfit.reason ?? 'none',
    wanted: nearest?.unfit.wanted ?? '',
    offered: nearest?.unfit.offered ?? '',
  };
  const seen =
    nearest === null
      ? []
      : [
          evidence({
            source: 'spec',
            object: refOf(nearest.volume),
            text: `PersistentVolume ${facts.volume}: ${nearest.unfit.reason} ${facts.offered}, wanted ${facts.wanted}`,
            value: facts.offered,
            decisive: true,
          }),
        ];
  return ending(finding, { object, mechanism: noVolumeFits.id, facts }, { rule, strength: 'certain', evidence: seen });
}

/**
 * A class that never gave anybody a volume and whose provisioner says nothing at all is at fault itself, however many
 * claims wait for it; a provisioner that answers with a failure may have been asked for the wrong thing.
 */
function provisioning(finding: IdentifiedFinding, storageClass: KindTypes['StorageClass'], view: RuleView): Explanation {
  const ofClass = view.incoming(refOf(storageClass), 'provisions').filter(({ from }) => from.kind === 'PersistentVolumeClaim');
  const phases = ofClass.map(({ from }) => view.get('PersistentVolumeClaim', from.namespace, from.name)?.status?.phase);
  const event = view.events(finding.object).find(({ reason }) => reason === 'ProvisioningFailed' || reason === 'ExternalProvisioning');
  const silent =
    event?.reason === 'ExternalProvisioning' && !view.incoming(refOf(storageClass), 'provisions').some(({ from }) => from.kind === 'PersistentVolume');
  const shared = phases.every((phase) => phase === 'Pending') && (phases.length > 1 || silent);
  const facts: ProvisionerFacts = {
    provisioner: storageClass.provisioner,
    message: shared ? '' : (event?.message ?? '').replace(/[.\s]+$/, ''),
    claims: phases.length,
  };
  const object = shared ? refTo('StorageClass', null, storageClass.metadata.name) : finding.object;
  const seen = [
    fieldEvidence(refOf(storageClass), 'provisioner', storageClass.provisioner, { decisive: true }),
    ...(event === undefined ? [] : [eventEvidence(event, { decisive: true })]),
  ];
  return ending(finding, { object, mechanism: provisionerFails.id, facts }, { rule, strength: event === undefined ? 'possible' : 'likely', evidence: seen });
}
