import { nearestNames, nearMiss } from '@quarterdeck/diagnosis';
import type { NamedObject, Vocabulary } from './question.ts';

/** What a person means first where several objects have one name: what runs before what leads there, what is made by others last. */
const order = [
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Service', 'Ingress', 'PersistentVolumeClaim', 'Node', 'ConfigMap', 'Secret'],
  ...['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Namespace', 'Pod', 'ReplicaSet'],
];

const mostNear = 5;

/** The namespaces of Kubernetes itself. */
export const systemNamespaces: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** Of these only the whole name counts: it was made by a controller, is a word of the platform (`edit`, `view`), or is what holds all the rest. */
const exactOnly = new Set([
  ...['Pod', 'ReplicaSet', 'ControllerRevision', 'EndpointSlice', 'Event', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'APIService'],
  ...['CertificateSigningRequest', 'PriorityClass', 'Namespace', 'CustomResourceDefinition', 'VolumeAttachment', 'CSIDriver', 'RuntimeClass'],
]);

function isGiven({ kind, namespace }: NamedObject): boolean {
  return !exactOnly.has(kind) && !(kind === 'ServiceAccount' && namespace !== null && systemNamespaces.has(namespace));
}

/** The objects of a cluster by what people write for their names. */
export class NameIndex {
  readonly #byName: ReadonlyMap<string, readonly NamedObject[]>;
  /** Without those of `exactOnly` and what the system makes for itself: nobody writes them from memory. */
  readonly #givenNames: readonly string[];

  constructor({ objects }: Pick<Vocabulary, 'objects'>) {
    this.#byName = Map.groupBy(objects, ({ name }) => name.toLowerCase());
    this.#givenNames = [...new Set(objects.filter((object) => isGiven(object)).map(({ name }) => name.toLowerCase()))];
  }

  exact(name: string): readonly NamedObject[] {
    return this.#byName.get(name) ?? [];
  }

  /**
   * Those whose name begins with the word, else those that have it as a part: `checkout` for `checkout-api`. Where kinds
   * are named beside it those of them come first, whichever part it is.
   */
  partial(word: string, kinds: readonly string[] = []): readonly NamedObject[] {
    const given = (fits: (name: string) => boolean) => this.#givenNames.filter(fits).flatMap((name) => this.exact(name).filter((object) => isGiven(object)));
    const meant = given((name) => name.split(/[-.]/).includes(word)).filter(({ kind }) => kinds.includes(kind));
    if (meant.length > 0) return meant;
    const beginning = given((name) => name.startsWith(`${word}-`));
    if (beginning.length > 0) return beginning;
    const holding = given((name) => name.split(/[-.]/).includes(word));
    if (holding.length > 0) return holding;
    return [...this.#byName].filter(([name]) => name.startsWith(`${word}-`)).flatMap(([, objects]) => objects.filter(({ kind }) => kind === 'Pod'));
  }

  /** Those of one kind that have the word as a part of their names, whoever made them: `redis pod`. */
  ofKind(word: string, kind: string): readonly NamedObject[] {
    return [...this.#byName].filter(([name]) => name.split(/[-.]/).includes(word)).flatMap(([, objects]) => objects.filter((object) => object.kind === kind));
  }

  misspelt(word: string): readonly NamedObject[] {
    const name = word.length < 4 ? null : nearMiss(word, this.#givenNames);
    return name === null ? [] : this.exact(name);
  }

  near(word: string): string[] {
    const parts = word.split(/[-.]/).filter((part) => part.length > 3 && part !== word);
    return [...new Set([word, ...parts].flatMap((text) => nearestNames(text, this.#givenNames)))].slice(0, mostNear);
  }
}

/** The likeliest first: of the kind that was named, in the namespace that is looked at, then what people mean first. */
export function ranked(objects: readonly NamedObject[], kind: string | null, namespace: string | null): NamedObject[] {
  const within = objects.filter((object) => object.namespace === namespace);
  const rank = (object: NamedObject) => (object.kind === kind ? -1 : (order.indexOf(object.kind) + order.length + 1) % (order.length + 1));
  const kept = namespace !== null && within.length > 0 ? within : [...objects];
  return kept.toSorted((a, b) => rank(a) - rank(b) || label(a).localeCompare(label(b)));
}

function label({ namespace, name }: NamedObject): string {
  return `${namespace ?? ''}/${name}`;
}
