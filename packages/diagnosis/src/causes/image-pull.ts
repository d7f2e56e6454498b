import { containerImagePull } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { evidence } from '../pods/evidence.ts';
import { parseImage } from '../pods/image-name.ts';
import { imageNameFault } from '../pods/invalid-image.ts';
import type { PullClass } from '../pods/pull-error.ts';
import { workingImage } from '../pods/working-image.ts';
import { type RolloutFacts, rolloutClause, rolloutFacts, workloadOf } from '../pods/workload.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'image-pull';

/** `similar`: the repository of `working` is another, written almost so. `fault` says what makes it no image name. */
export type ImageFacts = RolloutFacts & {
  container: string;
  image: string;
  pullClass: PullClass;
  working: string | null;
  similar: boolean;
  fault: string | null;
  meant: string | null;
};

const whyNot: Record<PullClass, (facts: ImageFacts) => string> = {
  'not-found': (facts) => `the tag ${parseImage(facts.image).tag ?? 'latest'} or its repository does not exist in the registry`,
  denied: () => 'the registry refuses it: the repository does not exist or needs credentials that the pod does not have',
  network: (facts) => `it is not on the node and the registry ${parseImage(facts.image).registry} cannot be reached`,
  'rate-limit': (facts) => `the registry ${parseImage(facts.image).registry} limits the rate of pulls`,
  platform: () => 'it was not built for the platform of the node',
  tls: (facts) => `the certificate of the registry ${parseImage(facts.image).registry} is not trusted by the node`,
  disk: () => 'the disk of the node is full',
  'invalid-name': (facts) => `that is not a valid image name${facts.fault === null ? '' : `: ${facts.fault}`}`,
  'never-pull': () => 'it is not on the node and imagePullPolicy is Never',
  unknown: () => 'the pull fails',
};

export const imageUnavailable = defineMechanism<ImageFacts>({
  id: 'image-unavailable',
  title: (facts) => `Image ${facts.image} cannot be pulled`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} asks for image ${facts.image}, but ${whyNot[facts.pullClass](facts)}.` +
    `${facts.working === null ? '' : ` ${facts.working}${facts.similar ? ', which is almost called so,' : ' of the same repository'} runs well in this cluster.`}${rolloutClause(facts)}`,
});

export const imagePullRule = defineRule({
  id,
  explains: [containerImagePull.code],
  mechanisms: [imageUnavailable],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const image = stringFact(finding.facts, 'image');
    if (pod === undefined || image === null) return;
    const workload = workloadOf(pod, view);
    const pullClass = pullClassOf(finding);
    const working = workingImage(image, pod, view);
    const fault = pullClass === 'invalid-name' ? imageNameFault(image) : null;
    yield endsAt({
      rule: id,
      finding,
      mechanism: imageUnavailable,
      object: workload.ref,
      facts: {
        container: finding.discriminator,
        image,
        pullClass,
        working: working?.image ?? null,
        similar: working?.repository === 'similar',
        fault: fault?.reason ?? null,
        meant: fault?.meant ?? null,
        ...rolloutFacts(pod, view),
      },
      strength: leavesRoom.has(pullClass) ? 'likely' : 'certain',
      via: ownedBy(finding.object, view),
      evidence:
        working === null
          ? []
          : [evidence({ source: 'status', object: working.pod, text: `${working.image} runs and is ready in ${working.pod.name}`, value: working.image })],
    });
  },
});

/** Classes in which something besides the image's name may be at fault. */
const leavesRoom: ReadonlySet<PullClass> = new Set(['denied', 'disk', 'rate-limit']);

function pullClassOf(finding: IdentifiedFinding): PullClass {
  const value = finding.facts.pullClass;
  const known = Object.keys(whyNot).find((name): name is PullClass => name === value);
  return known ?? 'unknown';
}
