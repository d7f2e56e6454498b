import type { KindTypes } from '@quarterdeck/contract';
import { parseQuantity } from '@quarterdeck/contract';
import { selectorMatches } from '../graph/label-selector.ts';

type Claim = KindTypes['PersistentVolumeClaim'];
type Volume = KindTypes['PersistentVolume'];

/** Why a volume cannot be bound to a claim: the first rule of the binder that it breaks. */
export type Unfit = { reason: 'taken' | 'released' | 'class' | 'size' | 'access-mode' | 'volume-mode' | 'labels'; wanted: string; offered: string };

/** Null where the volume fits. The order is the binder's own, so that a later reason means a nearer miss. */
export function whyUnfit(claim: Claim, volume: Volume): Unfit | null {
  const spec = volume.spec;
  const held = spec?.claimRef;
  const own = held !== undefined && held.namespace === claim.metadata.namespace && held.name === claim.metadata.name;
  if ((spec?.storageClassName ?? '') !== (claim.spec?.storageClassName ?? '')) {
    return { reason: 'class', wanted: claim.spec?.storageClassName ?? 'no class', offered: spec?.storageClassName ?? 'no class' };
  }
  if (held !== undefined && !own)
    return { reason: volume.status?.phase === 'Released' ? 'released' : 'taken', wanted: 'Available', offered: `${held.namespace}/${held.name}` };
  if (own && held.uid !== undefined && held.uid !== claim.metadata.uid)
    return { reason: 'released', wanted: 'Available', offered: `an earlier claim ${held.name}` };
  if (claim.spec?.selector !== undefined && !selectorMatches(claim.spec.selector, volume.metadata.labels)) {
    return { reason: 'labels', wanted: JSON.stringify(claim.spec.selector), offered: JSON.stringify(volume.metadata.labels ?? {}) };
  }
  return shapeUnfit(claim, volume);
}

function shapeUnfit(claim: Claim, volume: Volume): Unfit | null {
  const wantedMode = claim.spec?.volumeMode ?? 'Filesystem';
  const offeredMode = volume.spec?.volumeMode ?? 'Filesystem';
  if (wantedMode !== offeredMode) return { reason: 'volume-mode', wanted: wantedMode, offered: offeredMode };
  const modes = volume.spec?.accessModes ?? [];
  const lacking = (claim.spec?.accessModes ?? []).filter((mode) => !modes.includes(mode));
  if (lacking.length > 0) return { reason: 'access-mode', wanted: lacking.join(', '), offered: modes.join(', ') };
  const [wanted, offered] = [claim.spec?.resources?.requests?.storage, volume.spec?.capacity?.storage];
  if ((parseQuantity(wanted) ?? 0) > (parseQuantity(offered) ?? 0)) return { reason: 'size', wanted: wanted ?? '', offered: offered ?? '' };
  return null;
}

const nearness: readonly Unfit['reason'][] = ['class', 'taken', 'labels', 'volume-mode', 'released', 'access-mode', 'size'];

export interface NearestVolume {
  volume: Volume;
  unfit: Unfit;
}

/** The volume that comes nearest to fitting, with what keeps it from being bound; null where there is none at all. */
export function nearestVolume(claim: Claim, volumes: readonly Volume[]): NearestVolume | null {
  const unfit = volumes.flatMap((volume) => {
    const found = whyUnfit(claim, volume);
    return found === null ? [] : [{ volume, unfit: found }];
  });
  unfit.sort((a, b) => nearness.indexOf(b.unfit.reason) - nearness.indexOf(a.unfit.reason) || (a.volume.metadata.name < b.volume.metadata.name ? -1 : 1));
  return unfit[0] ?? null;
}

/** A class that needs no StorageClass object: volumes made by hand carry its name. */
export function isStaticClass(name: string, volumes: readonly Volume[]): boolean {
  return volumes.some((volume) => volume.spec?.storageClassName === name);
}
