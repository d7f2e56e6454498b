import type { KindTypes, ObjectRef } from '@quarterdeck/contract';
import type { ClaimOf, LogFact } from '../logs/log-fact.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, logEvidence } from '../pods/evidence.ts';
import { mountedFile, pathsInCommand } from '../pods/mounted-file.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef } from '../pods/workload.ts';
import { volumeAt } from '../storage/mounted-volume.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';
import { isOfImage } from './mount-hides-image.ts';

const id = 'mounted-file';

/** `files` are what is mounted in the directory; `meant` is the one of them that is written almost so. */
export type MountedFileFacts = {
  container: string;
  consumer: string;
  path: string;
  file: string;
  mountPath: string;
  kind: string;
  name: string;
  files: readonly string[];
  meant: string | null;
};

export const mountedFileMissing = defineMechanism<MountedFileFacts>({
  id: 'mounted-file-missing',
  title: (facts) => `${facts.kind} ${facts.name} provides no file ${facts.file}`,
  sentence: (facts) =>
    `Container ${facts.container} of ${facts.consumer} needs ${facts.path}; ${facts.kind} ${facts.name}, which is mounted at ${facts.mountPath}, provides ${listed(facts.files, 'no files')}${
      facts.meant === null ? '' : `, so ${facts.meant} was probably meant`
    }.`,
});

export type OptionalSourceFacts = { container: string; consumer: string; path: string; mountPath: string };

export const optionalSourceMissing = defineMechanism<OptionalSourceFacts>({
  id: 'optional-source-missing',
  title: (_facts, object) => `${object.kind} ${object.name} does not exist`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${facts.consumer} needs ${facts.path}; ${object.kind} ${object.name}, which is mounted at ${facts.mountPath} as optional, does not exist, so the directory is empty.`,
});

/** A program that misses a file where a ConfigMap or Secret is mounted: the key that the object does not have. */
export const mountedFileRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [mountedFileMissing, optionalSourceMissing],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    for (const fact of symptomFacts(finding, symptom, 'file-missing', view)) {
      const explanation = explainFile({ finding, symptom, fact }, view);
      if (explanation !== null) yield explanation;
    }
  },
});

interface Case {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  fact: LogFact<ClaimOf<'file-missing'>>;
}

function explainFile(one: Case, view: RuleView): Explanation | null {
  const { symptom, fact } = one;
  const spec = symptom.log.pod.spec ?? { containers: [] };
  const file = mountedFile(spec, symptom.container.spec, fact.claim.path, symptom.log.pod.metadata.namespace ?? null);
  if (file === null || file.key === null || file.key.includes('/')) return null;
  const { object, mountPath } = file;
  if (view.isMissing(object)) return withoutSource(one, object, mountPath, view);
  const files = filesOf(object, volumeItems(one), view);
  const found = volumeAt(spec, symptom.container.spec, fact.claim.path);
  if (found !== null && isOfImage({ path: fact.claim.path, found, spec, container: symptom.container.spec }, files ?? [])) return null;
  return files === null || files.includes(file.key) ? null : withoutFile(one, { object, mountPath, files, file: file.key }, view);
}

/** The paths that the volume's own list maps keys to; null where it takes all keys. */
function volumeItems({ symptom, fact }: Case): string[] | null {
  const volume = volumeAt(symptom.log.pod.spec ?? { containers: [] }, symptom.container.spec, fact.claim.path)?.volume;
  const items = volume?.configMap?.items ?? volume?.secret?.items;
  return items === undefined || items.length === 0 ? null : items.map(({ path }) => path);
}

function filesOf(object: ObjectRef, items: string[] | null, view: RuleView): string[] | null {
  const source = object.kind === 'Secret' ? view.get('Secret', object.namespace, object.name) : view.get('ConfigMap', object.namespace, object.name);
  return source === undefined ? null : (items ?? keysOf(source)).toSorted();
}

function keysOf(source: KindTypes['ConfigMap'] | KindTypes['Secret']): string[] {
  return Object.keys({ ...source.data, ...('binaryData' in source ? source.binaryData : {}) });
}

interface Lacking {
  object: ObjectRef;
  mountPath: string;
  files: string[];
  file: string;
}

/** Whoever writes the path into the workload means a file that exists; else the object lacks what the program needs. */
function withoutFile(one: Case, { object, mountPath, files, file }: Lacking, view: RuleView): Explanation {
  const { symptom, finding, fact } = one;
  const { ref } = symptom.workload;
  const meant = nearMiss(file, files);
  const ownWords = pathsInCommand(symptom.container.spec).includes(fact.claim.path);
  const facts: MountedFileFacts = {
    container: symptom.log.container,
    consumer: `${ref.kind} ${ref.name}`,
    path: fact.claim.path,
    file,
    mountPath,
    kind: object.kind,
    name: object.name,
    files,
    meant,
  };
  const end = meant !== null && ownWords ? { object: ref, via: ownedBy(finding.object, view) } : { object, via: edgeTo(object, finding, view) };
  const absent = absenceEvidence(object, `${object.kind} ${object.name} has no ${file}; it has ${listed(files, 'nothing')}`);
  return endsAt({ rule: id, finding, mechanism: mountedFileMissing, facts, strength: 'certain', evidence: [said(one), absent], ...end });
}

function withoutSource(one: Case, object: ObjectRef, mountPath: string, view: RuleView): Explanation {
  const { ref } = one.symptom.workload;
  return endsAt({
    rule: id,
    finding: one.finding,
    mechanism: optionalSourceMissing,
    object,
    exists: false,
    facts: { container: one.symptom.log.container, consumer: `${ref.kind} ${ref.name}`, path: one.fact.claim.path, mountPath },
    strength: 'certain',
    via: edgeTo(object, one.finding, view),
    evidence: [said(one), absenceEvidence(object, `${object.kind} ${object.name} does not exist`)],
  });
}

function said({ symptom, fact }: Case) {
  return logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true });
}

function edgeTo(object: ObjectRef, finding: IdentifiedFinding, view: RuleView) {
  return view.outgoing(finding.object, 'mounts').find(({ to }) => to.kind === object.kind && to.name === object.name) ?? null;
}
