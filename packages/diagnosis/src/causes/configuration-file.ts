import type { Evidence, KindTypes, ObjectRef } from '@quarterdeck/contract';
import type { ClaimOf, LogFact } from '../logs/log-fact.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { mountedFile, pathsInCommand } from '../pods/mounted-file.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { failuresWithLog, type LogSymptom, logSymptom, symptomFacts } from './log-findings.ts';

const id = 'configuration-file';

export type ConfigFileFacts = {
  container: string;
  consumer: string;
  file: string | null;
  key: string | null;
  line: number | null;
  token: string | null;
  detail: string;
};

function at(facts: ConfigFileFacts): string {
  const place = facts.key ?? facts.file ?? 'its configuration';
  return facts.line === null ? place : `${place}, line ${facts.line}`;
}

function problem({ detail, token }: ConfigFileFacts): string {
  return token === null || detail.includes(token) ? detail : `${detail}: ${token}`;
}

export const configurationInvalid = defineMechanism<ConfigFileFacts>({
  id: 'configuration-invalid',
  title: (facts, object) => `${object.kind} ${object.name}: ${problem(facts)}`,
  sentence: (facts, object) => `${facts.consumer} cannot read its configuration from ${object.kind} ${object.name} (${at(facts)}): ${problem(facts)}.`,
});

export const configurationFileRule = defineRule({
  id,
  explains: failuresWithLog,
  mechanisms: [configurationInvalid],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'config-syntax', view)[0];
    if (symptom === null || fact === undefined) return;
    const { workload, log } = symptom;
    const { file, line, token, detail } = fact.claim;
    const said = logEvidence(podRef(log.pod), log.container, fact, { decisive: true });
    const source = sourceOf(symptom, fact, view);
    const facts = { container: log.container, consumer: `${workload.ref.kind} ${workload.ref.name}`, file, key: source?.key ?? null, line, token, detail };
    const common = { rule: id, finding, mechanism: configurationInvalid, facts };
    if (source === null) yield endsAt({ ...common, object: workload.ref, strength: 'likely', via: ownedBy(finding.object, view), evidence: [said] });
    else
      yield endsAt({
        ...common,
        object: source.object,
        strength: source.seen.length > 0 || file !== null ? 'certain' : 'likely',
        via: edgeTo(source.object, finding, view),
        evidence: [said, ...source.seen],
      });
  },
});

interface ConfigSource {
  object: ObjectRef;
  key: string | null;
  seen: Evidence[];
}

/** The object that is mounted at the file the program names, or at the paths of its command where it names none. */
function sourceOf({ log, container }: LogSymptom, fact: LogFact<ClaimOf<'config-syntax'>>, view: RuleView): ConfigSource | null {
  const spec = log.pod.spec ?? { containers: [] };
  const paths =
    fact.claim.file === null ? [...pathsInCommand(container.spec), ...(container.spec.volumeMounts ?? []).map((mount) => mount.mountPath)] : [fact.claim.file];
  for (const path of paths) {
    const file = mountedFile(spec, container.spec, path, log.pod.metadata.namespace ?? null);
    if (file === null) continue;
    const configMap = file.object.kind === 'ConfigMap' ? view.get('ConfigMap', file.object.namespace, file.object.name) : undefined;
    return { object: file.object, ...keyWith(configMap, file.key, fact.claim.token, file.object) };
  }
  return null;
}

/** The key, and the line of it that holds what the program stumbled over. */
function keyWith(
  configMap: KindTypes['ConfigMap'] | undefined,
  key: string | null,
  token: string | null,
  object: ObjectRef,
): { key: string | null; seen: Evidence[] } {
  const keys = key === null ? Object.keys(configMap?.data ?? {}) : [key];
  for (const candidate of keys) {
    const text =
      token === null
        ? undefined
        : configMap?.data?.[candidate]
            ?.split('\n')
            .find((line) => line.includes(token))
            ?.trim();
    if (text !== undefined) return { key: candidate, seen: [fieldEvidence(object, `data["${candidate}"]`, text, { decisive: true })] };
  }
  return { key: key ?? (keys.length === 1 ? (keys[0] ?? null) : null), seen: [] };
}

function edgeTo(object: ObjectRef, finding: IdentifiedFinding, view: RuleView): Relation | null {
  return view.outgoing(finding.object, 'mounts').find((edge) => edge.to.kind === object.kind && edge.to.name === object.name) ?? null;
}
