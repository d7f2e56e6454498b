import { refTo } from '@quarterdeck/contract';
import { containerImagePull } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { Pod } from '../pods/containers.ts';
import { absenceEvidence, evidence } from '../pods/evidence.ts';
import { parseImage } from '../pods/image-name.ts';
import type { PullClass } from '../pods/pull-error.ts';
import { workingImage } from '../pods/working-image.ts';
import { type RolloutFacts, rolloutClause, rolloutFacts, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'image-pull';

export type ImageFacts = RolloutFacts & { container: string; image: string; pullClass: PullClass; working: string | null };

const whyNot: Record<PullClass, (facts: ImageFacts) => string> = {
  'not-found': (facts) => `the tag ${parseImage(facts.image).tag ?? 'latest'} or its repository does not exist in the registry`,
  denied: () => 'the registry refuses it: the repository does not exist or needs credentials that the pod does not have',
  network: (facts) => `it is not on the node and the registry ${parseImage(facts.image).registry} cannot be reached`,
  'rate-limit': (facts) => `the registry ${parseImage(facts.image).registry} limits the rate of pulls`,
  platform: () => 'it was not built for the platform of the node',
  tls: (facts) => `the certificate of the registry ${parseImage(facts.image).registry} is not trusted by the node`,
  disk: () => 'the disk of the node is full',
  'invalid-name': () => 'it is not a valid image name',
  'never-pull': () => 'it is not on the node and imagePullPolicy is Never',
  unknown: () => 'the pull fails',
};

export const imageUnavailable = defineMechanism<ImageFacts>({
  id: 'image-unavailable',
  title: (facts) => `Image ${facts.image} cannot be pulled`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} asks for image ${facts.image}, but ${whyNot[facts.pullClass](facts)}.` +
    `${facts.working === null ? '' : ` ${facts.working} of the same repository runs well in this cluster.`}${rolloutClause(facts)}`,
});

export const pullSecretMissing = defineMechanism<{ image: string; secret: string; holder: string }>({
  id: 'pull-secret-missing',
  title: (facts) => `Pull Secret ${facts.secret} does not exist`,
  sentence: (facts) => `The registry refuses image ${facts.image}; imagePullSecrets of ${facts.holder} names Secret ${facts.secret}, which does not exist.`,
});

export const imagePullRule = defineRule({
  id,
  explains: [containerImagePull.code],
  mechanisms: [imageUnavailable, pullSecretMissing],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const image = stringFact(finding.facts, 'image');
    if (pod === undefined || image === null) return;
    const workload = workloadOf(pod, view);
    const pullClass = pullClassOf(finding);
    const working = workingImage(image, pod, view);
    yield endsAt({
      rule: id,
      finding,
      mechanism: imageUnavailable,
      object: workload.ref,
      facts: { container: finding.discriminator, image, pullClass, working: working?.image ?? null, ...rolloutFacts(pod, view) },
      strength: leavesRoom.has(pullClass) ? 'likely' : 'certain',
      via: ownedBy(finding.object, view),
      evidence:
        working === null
          ? []
          : [evidence({ source: 'status', object: working.pod, text: `${working.image} runs and is ready in ${working.pod.name}`, value: working.image })],
    });
    if (pullClass === 'denied') yield* missingPullSecrets(finding, pod, image, view);
  },
});

/** Classes in which something besides the image's name may be at fault. */
const leavesRoom: ReadonlySet<PullClass> = new Set(['denied', 'disk', 'rate-limit']);

function pullClassOf(finding: IdentifiedFinding): PullClass {
  const value = finding.facts.pullClass;
  const known = Object.keys(whyNot).find((name): name is PullClass => name === value);
  return known ?? 'unknown';
}

function* missingPullSecrets(finding: IdentifiedFinding, pod: Pod, image: string, view: RuleView): Iterable<Explanation> {
  for (const { name } of pod.spec?.imagePullSecrets ?? []) {
    const secret = refTo('Secret', finding.object.namespace, name ?? '');
    if (!view.isMissing(secret)) continue;
    const facts = { image, secret: secret.name, holder: `${workloadOf(pod, view).ref.kind} ${workloadOf(pod, view).ref.name}` };
    const via = view.outgoing(finding.object, 'pullsWith').find((relation) => relation.to.name === name) ?? null;
    yield endsAt({
      rule: id,
      finding,
      mechanism: pullSecretMissing,
      object: secret,
      exists: false,
      facts,
      strength: 'certain',
      via,
      evidence: [absenceEvidence(secret, `Secret ${secret.name} does not exist`)],
    });
  }
}
