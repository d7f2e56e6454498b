import { type Act, type ActPage, AppError } from '@quarterdeck/contract';
import type { Asker, SeenClusters } from './seen-clusters.ts';

/** Whose acts may be read: null is everybody's. Who does not see all sees what they did themselves. */
export function actsOf({ sight }: Pick<SeenClusters, 'sight'>, { actor }: Asker): string | null {
  return sight.whole ? null : actor.id;
}

export function seesAct({ sight }: Pick<SeenClusters, 'sight'>, { actor }: Asker, act: Act): boolean {
  return sight.whole || (act.actor.id === actor.id && (act.target === null || sight.sees(act.target)));
}

export function seenActs(clusters: Pick<SeenClusters, 'sight'>, asker: Asker, page: ActPage): ActPage {
  return clusters.sight.whole ? page : { ...page, acts: page.acts.filter((act) => seesAct(clusters, asker, act)) };
}

/** The chain as a whole is of everybody's acts. Throws FORBIDDEN. */
export function mayReadLedger({ sight }: Pick<SeenClusters, 'sight'>): void {
  if (sight.whole) return;
  throw new AppError('FORBIDDEN', 'The ledger is of everybody, and your access policy does not show all of the cluster.', {
    hint: 'Your own acts are listed at /api/audit.',
  });
}
