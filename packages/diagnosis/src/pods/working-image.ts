import { type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { containersOf, isReady, type Pod } from './containers.ts';
import { repositoryOf } from './image-name.ts';

interface WorkingImage {
  image: string;
  pod: ObjectRef;
}

/** By the list of pods, which is the same for every question of one moment: a rule asks once for each image that fails. */
const byPods = new WeakMap<readonly Pod[], ReadonlyMap<string, readonly WorkingImage[]>>();

/** An image of the same repository that another container runs well with, the own namespace first. */
export function workingImage(image: string, pod: Pod, view: ClusterView): WorkingImage | null {
  const others = (imagesOf(view.list('Pod')).get(repositoryOf(image)) ?? []).filter((working) => working.image !== image);
  return others.find((working) => working.pod.namespace === (pod.metadata.namespace ?? null)) ?? others[0] ?? null;
}

function imagesOf(pods: readonly Pod[]): ReadonlyMap<string, readonly WorkingImage[]> {
  const known = byPods.get(pods);
  if (known !== undefined) return known;
  const images = Map.groupBy(pods.filter(isReady).flatMap(workingImagesOf), ({ image }) => repositoryOf(image));
  byPods.set(pods, images);
  return images;
}

function workingImagesOf(pod: Pod): WorkingImage[] {
  return containersOf(pod).flatMap(({ spec, status }) => (status?.ready === true && spec.image !== undefined ? [{ image: spec.image, pod: refOf(pod) }] : []));
}
