import { type ObjectRef, refKey } from '@quarterdeck/contract';
import { compareText } from '../resolve/compare-chains.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { Pod } from './containers.ts';
import { parseImage, repositoryOf } from './image-name.ts';
import { nearMiss } from './near-name.ts';

/** An image that another container of the cluster runs well with. */
export interface WorkingImage {
  image: string;
  pod: ObjectRef;
  /** Of the very repository that was asked for, or of one that is written almost so. */
  repository: 'same' | 'similar';
}

/** The nearest image that runs well: of the same repository before one that is almost called so, in the own namespace before others. */
export function workingImage(image: string, pod: Pod, view: ClusterView): WorkingImage | null {
  const same = ofNamespace(runningIn(repositoryOf(image), image, view), pod);
  if (same !== null) return { ...same, repository: 'same' };
  const meant = view.shared(`repository meant by|${image}`, () => meantRepository(image, view));
  const found = meant === null ? null : ofNamespace(runningIn(meant, image, view), pod, parseImage(image).tag);
  return found === null ? null : { ...found, repository: 'similar' };
}

function meantRepository(image: string, view: ClusterView): string | null {
  const repositories = view.runningImages().flatMap((other) => (other === image ? [] : [repositoryOf(other)]));
  return nearMiss(repositoryOf(image), repositories) ?? sameName(image, repositories);
}

type Running = Pick<WorkingImage, 'image' | 'pod'>;

/** Where other images of a repository run, by the names of the pods. */
function runningIn(repository: string, except: string, view: ClusterView): Running[] {
  const images = view.runningImages().filter((image) => image !== except && repositoryOf(image) === repository);
  const running = images.flatMap((image) => view.podsRunning(image).map((pod) => ({ image, pod })));
  return running.sort((a, b) => compareText(refKey(a.pod), refKey(b.pod)));
}

function ofNamespace(images: readonly Running[], pod: Pod, tag: string | null = null): Running | null {
  const tagged = images.filter(({ image }) => tag !== null && parseImage(image).tag === tag);
  const candidates = tagged.length > 0 ? tagged : images;
  return candidates.find((working) => working.pod.namespace === (pod.metadata.namespace ?? null)) ?? candidates[0] ?? null;
}

/** The only other place of a repository of the same name: `registry.example.com/shop/api` for `shop/api`. */
function sameName(image: string, repositories: readonly string[]): string | null {
  const { repository } = parseImage(image);
  const [only, second] = new Set(repositories.filter((other) => other.endsWith(`/${repository}`)));
  return only === undefined || second !== undefined ? null : only;
}
