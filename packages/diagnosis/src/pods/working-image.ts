import { type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { containersOf, isReady, type Pod } from './containers.ts';
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
  const working = view.list('Pod').flatMap((other) => (isReady(other) ? imagesOf(other) : []));
  const others = working.filter((each) => each.image !== image);
  const same = ofNamespace(
    others.filter((each) => repositoryOf(each.image) === repositoryOf(image)),
    pod,
  );
  if (same !== null) return { ...same, repository: 'same' };
  const repositories = others.map((each) => repositoryOf(each.image));
  const meant = nearMiss(repositoryOf(image), repositories) ?? sameName(image, repositories);
  const similar = others.filter((each) => repositoryOf(each.image) === meant);
  const { tag } = parseImage(image);
  const found = ofNamespace(similar, pod, tag);
  return found === null ? null : { ...found, repository: 'similar' };
}

type Running = Pick<WorkingImage, 'image' | 'pod'>;

function imagesOf(pod: Pod): Running[] {
  return containersOf(pod).flatMap(({ spec, status }) => (status?.ready === true && spec.image !== undefined ? [{ image: spec.image, pod: refOf(pod) }] : []));
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
