export interface ImageName {
  registry: string;
  /** Without the registry and the tag: `library/nginx`. */
  repository: string;
  tag: string | null;
  digest: string | null;
}

/** Takes an image reference apart; the registry is a first part with a dot, a port, or `localhost`. */
export function parseImage(image: string): ImageName {
  const [withoutDigest = image, digest = null] = image.split('@');
  const slash = withoutDigest.indexOf('/');
  const first = slash < 0 ? '' : withoutDigest.slice(0, slash);
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  const rest = hasRegistry ? withoutDigest.slice(slash + 1) : withoutDigest;
  const colon = rest.lastIndexOf(':');
  const repository = colon < 0 ? rest : rest.slice(0, colon);
  return {
    registry: hasRegistry ? first : 'docker.io',
    repository: repository.replace(/^library\//, ''),
    tag: colon < 0 ? null : rest.slice(colon + 1),
    digest,
  };
}

/** Registry and repository, the same for every way to write them. */
export function repositoryOf(image: string): string {
  const { registry, repository } = parseImage(image);
  return `${registry}/${repository}`;
}
