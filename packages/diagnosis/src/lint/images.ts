import { parseImage } from '../pods/image-name.ts';
import { defineContainerLint } from './define-lint.ts';

export const imageUntagged = defineContainerLint({
  code: 'image-untagged',
  title: 'Image without a version',
  documentation:
    'The image names neither a tag nor a digest, so that the newest one is pulled: two pods of one workload may run different programs, and a rollback brings nothing back. Name a version.',
  severity: 'low',
  silentWhen: 'The image has a tag or a digest; the port of a registry is not a tag.',
  *check({ container }) {
    const { tag, digest } = parseImage(container.image ?? '');
    if (container.image && tag === null && digest === null) yield { path: 'image', message: `Image ${container.image} has no tag; latest is pulled.` };
  },
});

export const imageLatest = defineContainerLint({
  code: 'image-latest',
  title: 'Image with the tag latest',
  documentation:
    'What latest means changes without a rollout: a restart on another node may run another program, and a rollback brings nothing back. Name a version or a digest.',
  severity: 'low',
  silentWhen: 'A digest stands beside the tag.',
  *check({ container }) {
    const { tag, digest } = parseImage(container.image ?? '');
    if (tag === 'latest' && digest === null) yield { path: 'image', message: `Image ${container.image} changes without a rollout.` };
  },
});

/** Registries that are not served or not filled any more, and what took their place. */
const frozen: Readonly<Record<string, string>> = {
  'k8s.gcr.io': 'registry.k8s.io',
  'gcr.io/google_containers': 'registry.k8s.io',
  'docker.pkg.github.com': 'ghcr.io',
};

export const imageRegistryFrozen = defineContainerLint({
  code: 'image-registry-frozen',
  title: 'Image from a registry that is no longer filled',
  documentation: 'The registry gets no new versions and may end any day (k8s.gcr.io has been frozen since April 2023). Pull the same image from its successor.',
  severity: 'low',
  silentWhen: 'The successor or a mirror of it is named.',
  *check({ container }) {
    const image = container.image ?? '';
    const old = Object.keys(frozen).find((registry) => image.startsWith(`${registry}/`));
    if (old !== undefined) yield { path: 'image', message: `Image ${image} comes from ${old}, which gets no new versions; ${frozen[old]} took its place.` };
  },
});

export const imageChecks = [imageUntagged, imageLatest, imageRegistryFrozen];
