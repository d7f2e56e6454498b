import { basename } from 'node:path';
import type { ClusterContext, KubeconfigProblem } from './cluster-context.ts';

/**
 * Ids that stay with their cluster. What kubectl would read keeps its names. Of a folder, every context whose name is
 * not the only one becomes `name@file`, the first of them too: a file that is added must never take over the name that
 * another cluster had. Uploaded ones are always `name@file`, since a name they had first may come to be kubectl's.
 */
export function withUniqueIds(contexts: readonly ClusterContext[], problems: KubeconfigProblem[]): ClusterContext[] {
  const names = Map.groupBy(contexts, (context) => context.name);
  const taken = new Set<string>();
  return contexts.flatMap((context) => {
    const alone = context.origin === 'kubeconfig' || (context.origin === 'folder' && names.get(context.name)?.length === 1);
    const id = alone ? context.name : `${context.name}@${basename(context.file)}`;
    if (taken.has(id)) {
      problems.push(sameName(context, id));
      return [];
    }
    taken.add(id);
    return [{ ...context, id }];
  });
}

function sameName({ file, name }: ClusterContext, id: string): KubeconfigProblem {
  return { file, line: null, message: `${file}: the context ${name} would be called ${id}, as another one is already`, hint: 'Rename the file.' };
}
