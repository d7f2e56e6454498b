/** What takes more than the permission for the change itself. */
export interface Protection {
  namespaces: ReadonlySet<string>;
  /** Whether others live by a cluster. */
  isProduction(cluster: string): boolean;
}

/** Those that Kubernetes itself lives in. */
const ownNamespaces = 'kube-system,kube-public,kube-node-lease';

/**
 * `QUARTERDECK_PRODUCTION`: names of contexts between commas, with `*` for any letters; none where it is left out.
 * `QUARTERDECK_PROTECTED_NAMESPACES`: names between commas in place of the namespaces of Kubernetes itself.
 */
export function protectionOf(environment: Readonly<Record<string, string | undefined>>): Protection {
  const patterns = namesIn(environment.QUARTERDECK_PRODUCTION ?? '').map(patternOf);
  return {
    namespaces: new Set(namesIn(environment.QUARTERDECK_PROTECTED_NAMESPACES ?? ownNamespaces)),
    isProduction: (cluster) => patterns.some((pattern) => pattern.test(cluster)),
  };
}

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function patternOf(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
