import type { ClusterSnapshot } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';

/**
 * A namespace that does not exist must not pass for a healthy one. Where namespaces can't be listed, nothing is known
 * and nothing is refused. Throws NOT_FOUND.
 */
export function requireNamespace({ objects, coverage }: Pick<ClusterSnapshot, 'objects' | 'coverage'>, namespace: string): void {
  if (coverage.Namespace !== 'read') return;
  const known = objects.filter((object) => object.kind === 'Namespace').map((object) => object.metadata.name);
  if (known.includes(namespace)) return;
  throw new AppError('NOT_FOUND', `There is no namespace ${namespace}.`, {
    hint: `There are: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`,
  });
}
