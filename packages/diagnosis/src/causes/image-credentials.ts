import { refOf, refTo } from '@quarterdeck/contract';
import { containerImagePull } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { containersOf, isReady, type Pod } from '../pods/containers.ts';
import { absenceEvidence, evidence, fieldEvidence } from '../pods/evidence.ts';
import { parseImage } from '../pods/image-name.ts';
import { workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'image-credentials';

export const pullSecretMissing = defineMechanism<{ image: string; secret: string; holder: string }>({
  id: 'pull-secret-missing',
  title: (facts) => `Pull Secret ${facts.secret} does not exist`,
  sentence: (facts) => `The registry refuses image ${facts.image}; imagePullSecrets of ${facts.holder} names Secret ${facts.secret}, which does not exist.`,
});

export const pullSecretUnusable = defineMechanism<{ image: string; type: string; holder: string }>({
  id: 'pull-secret-unusable',
  title: (facts, object) => `Secret ${object.name} is of type ${facts.type} and no registry credential`,
  sentence: (facts, object) =>
    `The registry refuses image ${facts.image}; imagePullSecrets of ${facts.holder} names Secret ${object.name}, whose type is ${facts.type}: the kubelet takes credentials only from kubernetes.io/dockerconfigjson.`,
});

export const pullSecretUnused = defineMechanism<{ image: string; registry: string; secret: string; user: string; path: string }>({
  id: 'pull-secret-not-used',
  title: (facts, object) => `${object.kind} ${object.name} pulls from ${facts.registry} without credentials`,
  sentence: (facts, object) =>
    `The registry ${facts.registry} refuses image ${facts.image}: ${object.kind} ${object.name} sets no imagePullSecrets, while ${facts.user} pulls from there with Secret ${facts.secret}.`,
});

/** A registry that refuses: the credential that is named and not there, not one, or not named at all. */
export const imageCredentialsRule = defineRule({
  id,
  explains: [containerImagePull.code],
  mechanisms: [pullSecretMissing, pullSecretUnusable, pullSecretUnused],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const image = stringFact(finding.facts, 'image');
    if (pod === undefined || image === null || finding.facts.pullClass !== 'denied') return;
    const names = (pod.spec?.imagePullSecrets ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
    for (const name of names) yield* ofSecret({ finding, pod, image }, name, view);
    if (names.length === 0) yield* unused({ finding, pod, image }, view);
  },
});

interface Case {
  finding: IdentifiedFinding;
  pod: Pod;
  image: string;
}

const credentialTypes: ReadonlySet<string> = new Set(['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg']);

function* ofSecret({ finding, pod, image }: Case, name: string, view: RuleView): Iterable<Explanation> {
  const object = refTo('Secret', finding.object.namespace, name);
  const { ref } = workloadOf(pod, view);
  const holder = `${ref.kind} ${ref.name}`;
  const via = view.outgoing(finding.object, 'pullsWith').find((relation) => relation.to.name === name) ?? null;
  const common = { rule: id, finding, object, strength: 'certain' as const, via };
  const secret = view.get('Secret', object.namespace, name);
  if (view.isMissing(object)) {
    const absent = absenceEvidence(object, `Secret ${name} does not exist`);
    yield endsAt({ ...common, mechanism: pullSecretMissing, exists: false, facts: { image, secret: name, holder }, evidence: [absent] });
  } else if (secret?.type !== undefined && !credentialTypes.has(secret.type)) {
    const seen = fieldEvidence(object, 'type', secret.type, { decisive: true });
    yield endsAt({ ...common, mechanism: pullSecretUnusable, facts: { image, type: secret.type, holder }, evidence: [seen] });
  }
}

/** Another pod of the namespace that runs well with an image of the same registry, and names a Secret for it. */
function* unused({ finding, pod, image }: Case, view: RuleView): Iterable<Explanation> {
  const { registry } = parseImage(image);
  const workload = workloadOf(pod, view);
  for (const other of view.list('Pod', pod.metadata.namespace)) {
    const secret = other.spec?.imagePullSecrets?.[0]?.name;
    const same = containersOf(other).some(({ spec }) => spec.image !== undefined && parseImage(spec.image).registry === registry);
    if (secret === undefined || !same || !isReady(other)) continue;
    const user = view.topOwner(refOf(other));
    const facts = { image, registry, secret, user: `${user.kind} ${user.name}`, path: `${workload.path}.imagePullSecrets` };
    const seen = evidence({
      source: 'spec',
      object: refOf(other),
      path: 'spec.imagePullSecrets[0].name',
      value: secret,
      text: `${other.metadata.name} pulls from ${registry} with Secret ${secret}`,
      decisive: true,
    });
    const via = ownedBy(finding.object, view);
    // The public registry says the same of a repository that does not exist.
    const strength = registry === 'docker.io' ? 'possible' : 'certain';
    yield endsAt({ rule: id, finding, mechanism: pullSecretUnused, object: workload.ref, facts, strength, via, evidence: [seen] });
    return;
  }
}
