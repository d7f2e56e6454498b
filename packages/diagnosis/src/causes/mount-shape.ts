import { containerCreateError } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { containersOf } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { templateContainer, workloadOf } from '../pods/workload.ts';
import { mountedVolumes, volumeLabel } from '../storage/mounted-volume.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';
import { failuresWithLog, logSymptom } from './log-findings.ts';

const id = 'mount-shape';

/** `path` is that of the mount in the workload. */
export type MountShapeFacts = { container: string; mountPath: string; key: string; source: string; path: string };

export const subPathNeeded = defineMechanism<MountShapeFacts>({
  id: 'mount-needs-sub-path',
  title: (facts) => `${facts.mountPath} becomes a directory: the mount has no subPath`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} mounts ${facts.source} at ${facts.mountPath}, where a file is meant: without subPath ${facts.key} the whole of it is mounted there as a directory (${facts.path}).`,
});

const shapeErrors = /is a directory|not a directory|EISDIR|ENOTDIR/i;

/** A ConfigMap or Secret that is mounted as a directory at the name of one of its files. */
export const mountShapeRule = defineRule({
  id,
  explains: [...failuresWithLog, containerCreateError.code],
  mechanisms: [subPathNeeded],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    const lines = symptom?.log.reading.facts.map(({ line }) => line) ?? [];
    const said = [stringFact(finding.facts, 'message') ?? '', symptom?.log.reading.lastLine ?? '', ...lines].join(' ');
    if (pod === undefined || !shapeErrors.test(said)) return;
    const workload = workloadOf(pod, view);
    const name = symptom?.log.container ?? finding.discriminator;
    const container = templateContainer(workload, name) ?? containersOf(pod).find((candidate) => candidate.name === name);
    if (container === undefined) return;
    for (const { volume, mount, index } of mountedVolumes(workload.spec, container.spec)) {
      const key = mount.mountPath.slice(mount.mountPath.lastIndexOf('/') + 1);
      if (mount.subPath !== undefined || !filesOf(volume, workload.ref.namespace, view).includes(key)) continue;
      const path = `${container.path}.volumeMounts[${index}]`;
      const facts = { container: name, mountPath: mount.mountPath, key, source: volumeLabel(volume), path };
      const seen = [fieldEvidence(workload.ref, `${path}.mountPath`, mount.mountPath, { container: name, decisive: true })];
      yield endsAt({
        rule: id,
        finding,
        mechanism: subPathNeeded,
        object: workload.ref,
        facts,
        strength: 'certain',
        via: ownedBy(finding.object, view),
        evidence: seen,
      });
    }
  },
});

type Volume = ReturnType<typeof mountedVolumes>[number]['volume'];

/** The names under which the keys of a ConfigMap or Secret appear in its volume. */
function filesOf({ configMap, secret }: Volume, namespace: string | null, view: RuleView): string[] {
  const items = configMap?.items ?? secret?.items;
  if (items !== undefined && items.length > 0) return items.map(({ path }) => path);
  const source = configMap?.name === undefined ? undefined : view.get('ConfigMap', namespace, configMap.name);
  const keys = source ?? (secret?.secretName === undefined ? undefined : view.get('Secret', namespace, secret.secretName));
  return Object.keys({ ...keys?.data, ...(source === undefined ? {} : source.binaryData) });
}
