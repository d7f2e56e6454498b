import { type ObjectRef, refTo } from '@quarterdeck/contract';
import { containerCreateError } from '../analysers/container-waiting.ts';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { containersOf, type Pod } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { templateContainer, type Workload, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { keyMissing, keyMisspelt } from './config-reference.ts';
import { endsAt, ownedBy, stringFact } from './explain.ts';
import { failuresWithLog, logSymptom } from './log-findings.ts';

const id = 'sub-path';

/** A single file mounted by `subPath` whose key is not there: the kubelet makes an empty directory in its place, and the program stumbles over it. */
export const subPathRule = defineRule({
  id,
  explains: [...failuresWithLog, containerCreateError.code],
  mechanisms: [keyMissing, keyMisspelt],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod === undefined) return;
    const said = `${stringFact(finding.facts, 'message') ?? ''} ${symptom?.log.reading.lastLine ?? ''} ${symptom?.log.reading.facts.map(({ line }) => line).join(' ') ?? ''}`;
    const workload = workloadOf(pod, view);
    for (const mount of emptyMounts(pod, symptom?.log.container ?? finding.discriminator, workload, view)) {
      const strength = said.includes(mount.mountPath) || /is a directory|EISDIR|not a directory/i.test(said) ? 'certain' : 'possible';
      yield explainMount(finding, mount, workload, strength, view);
    }
  },
});

interface EmptyMount {
  source: ObjectRef;
  keys: string[];
  key: string;
  mountPath: string;
  path: string;
}

/** Mounts of one key of a ConfigMap that the ConfigMap does not have. */
function emptyMounts(pod: Pod, name: string, workload: Workload, view: RuleView): EmptyMount[] {
  const container = templateContainer(workload, name) ?? containersOf(pod).find((candidate) => candidate.name === name) ?? null;
  return (container?.spec.volumeMounts ?? []).flatMap((mount, index): EmptyMount[] => {
    const volume = workload.spec.volumes?.find((candidate) => candidate.name === mount.name);
    const configMap = volume?.configMap?.name === undefined ? undefined : view.get('ConfigMap', workload.ref.namespace, volume.configMap.name);
    const key = mount.subPath;
    if (configMap === undefined || key === undefined || volume?.configMap?.items !== undefined || key.includes('/')) return [];
    const keys = Object.keys({ ...configMap.data, ...configMap.binaryData });
    const source = refTo('ConfigMap', workload.ref.namespace, configMap.metadata.name);
    return keys.includes(key) ? [] : [{ source, keys, key, mountPath: mount.mountPath, path: `${container?.path ?? ''}.volumeMounts[${index}].subPath` }];
  });
}

function explainMount(
  finding: IdentifiedFinding,
  { source, keys, key, path }: EmptyMount,
  workload: Workload,
  strength: Strength,
  view: RuleView,
): Explanation {
  const meant = nearMiss(key, keys);
  const absent = absenceEvidence(source, `Key ${key} is not in ConfigMap ${source.name}`);
  const seen = fieldEvidence(workload.ref, path, key, { decisive: true });
  const common = { rule: id, finding, strength, evidence: [seen, absent] };
  if (meant !== null) {
    const facts = { kind: 'ConfigMap', name: source.name, key, meant, path };
    return endsAt({ ...common, mechanism: keyMisspelt, object: workload.ref, facts, via: ownedBy(finding.object, view) });
  }
  const via = view.outgoing(finding.object, 'mounts').find(({ to }) => to.kind === 'ConfigMap' && to.name === source.name) ?? null;
  const facts = { key, keys: keys.toSorted(), referrer: `${workload.ref.kind} ${workload.ref.name}`, path };
  return endsAt({ ...common, mechanism: keyMissing, object: source, facts, via });
}
