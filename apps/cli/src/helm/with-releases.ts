import { type ClusterAccess, HelmReleases } from '@quarterdeck/cluster';
import type { HelmTarget } from '@quarterdeck/contract';
import { defaultNamespace } from '../cluster/default-namespace.ts';
import type { CommandContext } from '../context.ts';

interface Choice {
  kubeconfig?: string | undefined;
  context?: string | undefined;
  namespace?: string | undefined;
}

/** Opens the cluster for one command about releases, and closes it. */
export async function withReleases<T>(
  choice: Choice,
  context: CommandContext,
  use: (opened: { releases: HelmReleases; access: ClusterAccess; namespace: string }) => Promise<T>,
): Promise<T> {
  const namespace = choice.namespace ?? (await defaultNamespace(choice));
  const access = await context.openAccess(choice);
  try {
    return await use({ releases: new HelmReleases(access), access, namespace });
  } finally {
    await access.close();
  }
}

/** As `withReleases`, for one release. */
export function withRelease<T>(
  choice: Choice & { release: string },
  context: CommandContext,
  use: (releases: HelmReleases, target: HelmTarget, access: ClusterAccess) => Promise<T>,
): Promise<T> {
  return withReleases(choice, context, ({ releases, access, namespace }) => use(releases, { name: choice.release, namespace }, access));
}
