import { type Forward, type ForwardRequest, pluralOf, refTo, shortNames } from '@quarterdeck/contract';
import { noForward } from '../forwards/no-forward.ts';
import type { SeenClusters } from './seen-clusters.ts';

type Target = Pick<ForwardRequest, 'namespace' | 'kind'>;

/** Whether somebody may know of what a port-forward leads to: what it names, and the pods behind that. */
export function seesForward({ sight }: Pick<SeenClusters, 'sight'>, { namespace, kind }: Target): boolean {
  return sight.whole || (sight.sees(refTo('Pod', namespace, '')) && sight.kindNames((name) => isName(kind, name)));
}

/** The forwards that lead to something visible. */
export function seenForwards(clusters: Pick<SeenClusters, 'sight'>, forwards: readonly Forward[]): Forward[] {
  return forwards.filter((forward) => seesForward(clusters, forward));
}

/** Throws NOT_FOUND, as for a forward that is not there. */
export function needForward(clusters: Pick<SeenClusters, 'sight'>, id: string, target: Target): void {
  if (!seesForward(clusters, target)) throw noForward(id);
}

/** As people name kinds: `Service`, `services`, `svc`, `deployments.apps`. */
function isName(typed: string, kind: string): boolean {
  const [name = ''] = typed.toLowerCase().split('.');
  return [kind.toLowerCase(), pluralOf(kind), ...(shortNames[kind] ?? [])].includes(name);
}
