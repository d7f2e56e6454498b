import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { ClaimOf, LogFact } from '../logs/log-fact.ts';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { claimNameOf, type MountedVolume, mountedVolumes, volumeAt } from '../storage/mounted-volume.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'volume-full';

/** `size` is the capacity of the claim or the sizeLimit of the emptyDir; `expandable` is null where the class was not seen. */
export type VolumeFullFacts = {
  container: string;
  consumer: string;
  volume: string;
  mountPath: string;
  size: string | null;
  expandable: boolean | null;
  line: string;
};

export const claimFull = defineMechanism<VolumeFullFacts>({
  id: 'claim-full',
  title: (facts, object) => `PersistentVolumeClaim ${object.name}${sized(facts)} is full`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${facts.consumer} cannot write below ${facts.mountPath}: the volume of PersistentVolumeClaim ${object.name}${sized(facts)} has no space left (${facts.line}).`,
});

export const scratchFull = defineMechanism<VolumeFullFacts>({
  id: 'empty-dir-full',
  title: (facts) => `emptyDir ${facts.volume}${sized(facts)} is full`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} cannot write below ${facts.mountPath}: emptyDir ${facts.volume} there has ${
      facts.size === null ? 'no space left' : `a sizeLimit of ${facts.size} and no space left`
    } (${facts.line}).`,
});

function sized({ size }: VolumeFullFacts): string {
  return size === null ? '' : ` (${size})`;
}

/** The kernel says the same when it runs out of file watches. */
const notDisk = /inotify|fsnotify|watch(?:er|es)?\b/i;

/** A program that cannot write for lack of space: the volume that lies where it writes. */
export const volumeFullRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [claimFull, scratchFull],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'disk-full', view).find(({ line }) => !notDisk.test(line));
    const mounted = symptom === null || fact === undefined ? null : volumeBehind(symptom, fact);
    if (symptom === null || fact === undefined || mounted === null) return;
    const claim = claimNameOf(mounted.volume, symptom.log.pod.metadata.name);
    if (claim !== null) yield fullClaim({ finding, symptom, fact, mounted }, refTo('PersistentVolumeClaim', finding.object.namespace, claim), view);
    else if (mounted.volume.emptyDir !== undefined) yield fullScratch({ finding, symptom, fact, mounted }, view);
  },
});

interface Case {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  fact: LogFact<ClaimOf<'disk-full'>>;
  mounted: MountedVolume;
}

/** Where the program named a path, what is mounted there; else the only place of bounded size that it may write. */
function volumeBehind({ log, container }: LogSymptom, fact: LogFact<ClaimOf<'disk-full'>>): MountedVolume | null {
  const spec = log.pod.spec ?? { containers: [] };
  if (fact.claim.path !== null) return volumeAt(spec, container.spec, fact.claim.path);
  const bounded = mountedVolumes(spec, container.spec).filter(
    ({ volume, mount }) => mount.readOnly !== true && (volume.persistentVolumeClaim !== undefined || volume.emptyDir?.sizeLimit !== undefined),
  );
  return bounded.length === 1 ? (bounded[0] ?? null) : null;
}

function factsOf({ symptom, fact, mounted }: Case, size: string | null, expandable: boolean | null): VolumeFullFacts {
  const { ref } = symptom.workload;
  const consumer = `${ref.kind} ${ref.name}`;
  return { container: symptom.log.container, consumer, volume: mounted.volume.name, mountPath: mounted.mount.mountPath, size, expandable, line: fact.line };
}

function fullClaim(one: Case, claim: ObjectRef, view: RuleView): Explanation {
  const object = view.get('PersistentVolumeClaim', claim.namespace, claim.name);
  const size = object?.status?.capacity?.storage ?? object?.spec?.resources?.requests?.storage ?? null;
  const className = view.outgoing(claim, 'provisions')[0]?.to.name;
  const storageClass = className === undefined ? undefined : view.get('StorageClass', null, className);
  const expandable = storageClass === undefined ? null : storageClass.allowVolumeExpansion === true;
  const via = view.outgoing(one.finding.object, 'mounts').find(({ to }) => to.kind === claim.kind && to.name === claim.name) ?? null;
  const seen = size === null ? [] : [fieldEvidence(claim, 'status.capacity.storage', size, { decisive: true })];
  return endsAt({
    rule: id,
    finding: one.finding,
    mechanism: claimFull,
    object: claim,
    facts: factsOf(one, size, expandable),
    strength: strengthOf(one, view),
    via,
    evidence: [said(one), ...seen],
  });
}

function fullScratch(one: Case, view: RuleView): Explanation {
  const { workload } = one.symptom;
  const limit = one.mounted.volume.emptyDir?.sizeLimit ?? null;
  const index = workload.spec.volumes?.findIndex(({ name }) => name === one.mounted.volume.name) ?? -1;
  const path = `${workload.path}.volumes[${index}].emptyDir.sizeLimit`;
  return endsAt({
    rule: id,
    finding: one.finding,
    mechanism: scratchFull,
    object: workload.ref,
    facts: factsOf(one, limit, null),
    strength: limit === null ? 'likely' : strengthOf(one, view),
    via: ownedBy(one.finding.object, view),
    evidence: [said(one), ...(limit === null ? [] : [fieldEvidence(workload.ref, path, limit, { decisive: true })])],
  });
}

/** A full node says the same: then only a path that was named decides. */
function strengthOf({ fact, symptom }: Case, view: RuleView): Strength {
  const conditions = view.get('Node', null, symptom.log.pod.spec?.nodeName ?? '')?.status?.conditions ?? [];
  const nodeFull = conditions.some(({ type, status }) => type === 'DiskPressure' && status === 'True');
  return fact.claim.path === null && nodeFull ? 'likely' : 'certain';
}

function said({ symptom, fact }: Case) {
  return logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true });
}
