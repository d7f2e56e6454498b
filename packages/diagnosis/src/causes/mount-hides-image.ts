import type { Container, PodSpec, Volume } from 'kubernetes-types/core/v1.js';
import type { LogFact } from '../logs/log-fact.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { pathsInCommand } from '../pods/mounted-file.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef } from '../pods/workload.ts';
import { type MountedVolume, volumeAt, volumeLabel } from '../storage/mounted-volume.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { failuresWithLog, type LogSymptom, logSymptom, symptomFacts } from './log-findings.ts';

const id = 'mount-hides-image';

/** `path` is what the program misses, `mount` the field of the mount. */
export type MountHidesFacts = { container: string; path: string; mountPath: string; source: string; mount: string };

export const mountHidesImage = defineMechanism<MountHidesFacts>({
  id: 'mount-hides-image',
  title: (facts) => `A volume at ${facts.mountPath} hides ${facts.path} of the image`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} mounts ${facts.source} at ${facts.mountPath} (${facts.mount}); that hides all that the image has there, ${facts.path} among it, which the program cannot do without. The volume belongs in a directory of its own below, or each of its files on its own place with subPath.`,
});

/** Files that come with the image of a server, and only seldom from somebody else. */
const shipped = /\/(?:nginx\.conf|mime\.types|fastcgi_params|httpd\.conf|apache2\.conf|my\.cnf|openssl\.cnf|passwd|nsswitch\.conf)$/;
const program = /\.(?:js|mjs|cjs|py|jar|rb|php|dll|so(?:\.\d+)*)$|\/s?bin\/[^/]+$/;

export interface Hidden {
  path: string;
  found: MountedVolume;
  spec: PodSpec;
  container: Container;
}

/** Whether what is missing below a mount can only be the image's own: nobody names it, and nothing of the volume is written almost so. */
export function isOfImage({ path, found: { volume, mount }, spec, container }: Hidden, files: readonly string[]): boolean {
  if (mount.subPath !== undefined || path === mount.mountPath || pathsInCommand(container).includes(path)) return false;
  if (volume.configMap !== undefined || volume.secret !== undefined) {
    return shipped.test(path) && files.length > 0 && nearMiss(path.slice(path.lastIndexOf('/') + 1), files) === null;
  }
  // What another container mounts as well, that one may be meant to fill.
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const users = containers.filter(({ volumeMounts }) => volumeMounts?.some(({ name }) => name === volume.name) === true);
  return volume.emptyDir !== undefined && users.length === 1 && (shipped.test(path) || program.test(path));
}

/** A program that misses a file of its own image, where a volume is mounted over the directory. */
export const mountHidesImageRule = defineRule({
  id,
  explains: failuresWithLog,
  mechanisms: [mountHidesImage],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const files = symptomFacts(finding, symptom, 'file-missing', view).map((fact) => ({ fact, path: fact.claim.path }));
    const modules = symptomFacts(finding, symptom, 'module-missing', view).map((fact) => ({ fact, path: fact.claim.module }));
    const { log, workload, container } = symptom;
    for (const { fact, path } of [...files, ...modules]) {
      const hidden = hiddenBy(path, symptom, fact, view);
      if (hidden === null) continue;
      yield endsAt({
        rule: id,
        finding,
        mechanism: mountHidesImage,
        object: workload.ref,
        facts: { container: log.container, path, ...hidden },
        strength: 'certain',
        via: ownedBy(finding.object, view),
        evidence: [
          fieldEvidence(workload.ref, hidden.mount, hidden.mountPath, { container: container.spec.name, decisive: true }),
          logEvidence(podRef(log.pod), log.container, fact, { decisive: true }),
        ],
      });
    }
  },
});

function hiddenBy(path: string, { workload, container }: LogSymptom, { handled }: LogFact, view: RuleView) {
  const found = path.startsWith('/') && !handled ? volumeAt(workload.spec, container.spec, path) : null;
  if (found === null || !isOfImage({ path, found, spec: workload.spec, container: container.spec }, keysIn(found.volume, workload.ref.namespace, view)))
    return null;
  return { mountPath: found.mount.mountPath, source: volumeLabel(found.volume), mount: `${container.path}.volumeMounts[${found.index}].mountPath` };
}

function keysIn({ configMap, secret }: Volume, namespace: string | null, view: RuleView): string[] {
  const held = configMap?.name === undefined ? undefined : view.get('ConfigMap', namespace, configMap.name);
  const source = held ?? (secret?.secretName === undefined ? undefined : view.get('Secret', namespace, secret.secretName));
  return Object.keys(source?.data ?? {});
}
