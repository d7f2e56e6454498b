import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import type { LogFact } from '../logs/log-fact.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { type MountedVolume, volumeAt, volumeLabel } from '../storage/mounted-volume.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'volume-access';

/** `why` tells what makes the place read-only; `field` is the setting that does, null where the kind of volume does. */
export type ReadOnlyFacts = {
  container: string;
  path: string;
  volume: string | null;
  why: 'kind-of-volume' | 'mount' | 'volume' | 'root-file-system';
  field: string | null;
};

const readOnlyBecause: Record<ReadOnlyFacts['why'], (facts: ReadOnlyFacts) => string> = {
  'kind-of-volume': ({ volume }) => `${volume} is mounted there, and such volumes are always read-only`,
  mount: ({ volume, field }) => `${volume} is mounted there with readOnly: true (${field})`,
  volume: ({ volume, field }) => `${volume} there is read-only (${field})`,
  'root-file-system': ({ field }) => `readOnlyRootFilesystem is true (${field}) and no volume is mounted there`,
};

export const pathReadOnly = defineMechanism<ReadOnlyFacts>({
  id: 'path-read-only',
  title: (facts) => `${facts.path} is read-only for container ${facts.container}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} writes to ${facts.path}, but ${readOnlyBecause[facts.why](facts)}.`,
});

/** `user` is the number that the pod sets, null where the image decides. */
export type OwnershipFacts = { container: string; path: string; mountPath: string; volume: string; user: number | null; mode: string | null };

export const volumeOwnership = defineMechanism<OwnershipFacts>({
  id: 'volume-not-accessible',
  title: (facts) => `The user of container ${facts.container} may not use ${facts.volume}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} runs as ${facts.user === null ? 'the user of its image' : `user ${facts.user}`} and is refused ${facts.path}: ${
      facts.mode === null
        ? `${facts.volume} at ${facts.mountPath} belongs to root, and the pod sets no fsGroup that would hand it over`
        : `the files of ${facts.volume} have mode ${facts.mode}, which admits root alone, and the pod sets no fsGroup`
    }.`,
});

/** A program that may not write or read where a volume is mounted: the setting that keeps it out. */
export const volumeAccessRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [pathReadOnly, volumeOwnership],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    for (const fact of symptomFacts(finding, symptom, 'read-only', view)) {
      const explanation = fact.claim.path === null ? null : refusedWrite({ finding, symptom, fact }, fact.claim.path, view);
      if (explanation !== null) yield explanation;
    }
    for (const fact of symptomFacts(finding, symptom, 'permission-denied', view)) {
      const facts = fact.claim.path === null ? null : ownershipFacts(symptom, fact.claim.path);
      if (facts !== null) yield endsAt({ ...common({ finding, symptom, fact }, view), mechanism: volumeOwnership, facts });
    }
  },
});

interface Case {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  fact: LogFact;
}

/** What both mechanisms have in common: the workload, and the line that says so. */
function common({ finding, symptom, fact }: Case, view: RuleView) {
  const said = logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true });
  return { rule: id, finding, object: symptom.workload.ref, strength: 'certain' as const, via: ownedBy(finding.object, view), evidence: [said] };
}

function refusedWrite(one: Case, path: string, view: RuleView): Explanation | null {
  const facts = readOnlyFacts(one.symptom, path);
  if (facts === null) return null;
  const shared = common(one, view);
  const seen = facts.field === null ? [] : [fieldEvidence(shared.object, facts.field, 'true', { decisive: true })];
  return endsAt({ ...shared, mechanism: pathReadOnly, facts, evidence: [...shared.evidence, ...seen] });
}

function readOnlyFacts({ log, container, workload }: LogSymptom, path: string): ReadOnlyFacts | null {
  const mounted = volumeAt(workload.spec, container.spec, path);
  const base = { container: log.container, path, volume: mounted === null ? null : volumeLabel(mounted.volume) };
  if (mounted === null) {
    const field = `${container.path}.securityContext.readOnlyRootFilesystem`;
    return container.spec.securityContext?.readOnlyRootFilesystem === true ? { ...base, why: 'root-file-system', field } : null;
  }
  const { volume, mount, index } = mounted;
  if (volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI) return { ...base, why: 'kind-of-volume', field: null };
  if (mount.readOnly === true) return { ...base, why: 'mount', field: `${container.path}.volumeMounts[${index}].readOnly` };
  const at = workload.spec.volumes?.indexOf(volume) ?? 0;
  const field = `${workload.path}.volumes[${at}].persistentVolumeClaim.readOnly`;
  return volume.persistentVolumeClaim?.readOnly === true ? { ...base, why: 'volume', field } : null;
}

/** Root may do everything, and an emptyDir is open to all; where fsGroup is set, Kubernetes has handed the volume over. */
function ownershipFacts({ log, container, workload }: LogSymptom, path: string): OwnershipFacts | null {
  const { spec } = workload;
  const mounted = volumeAt(spec, container.spec, path);
  const user = userOf(spec, container.spec);
  if (mounted === null || user === 0 || spec.securityContext?.fsGroup !== undefined) return null;
  const mode = modeOf(mounted);
  const kept = mounted.volume.persistentVolumeClaim ?? mounted.volume.hostPath;
  if (mode === null && (kept === undefined || user === null)) return null;
  return { container: log.container, path, mountPath: mounted.mount.mountPath, volume: volumeLabel(mounted.volume), user, mode };
}

function userOf(spec: PodSpec, container: Container): number | null {
  return container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser ?? null;
}

/** The mode of mounted keys where it leaves nothing to others, as people write it: `0400`. */
function modeOf({ volume }: MountedVolume): string | null {
  const mode = volume.secret?.defaultMode ?? volume.configMap?.defaultMode ?? volume.projected?.defaultMode;
  return mode === undefined || (mode & 0o007) !== 0 ? null : mode.toString(8).padStart(4, '0');
}
