import type { ClusterAccess } from '@quarterdeck/cluster';
import { type CheckedManifest, checkManifest } from './check-manifest.ts';
import { type MadeManifest, makeManifest } from './make-manifest.ts';
import { objectLabel } from './problem.ts';
import { repairs } from './repairs.ts';
import type { MadeObject } from './wanted.ts';

export interface SettledManifest extends CheckedManifest {
  objects: MadeObject[];
  /** What was changed after the first check, in sentences. */
  repaired: string[];
}

export interface GeneratedManifest extends SettledManifest {
  /** The template that made the main part; null where a model wrote it. */
  template: string | null;
  parameters: MadeManifest['parameters'];
  /** `provider/model`; null where a template made it. */
  model: string | null;
  /** Why a model that was to be asked did not write it; null where none was. */
  refused: string | null;
}

export interface GenerateOptions {
  /** For a description that names none. */
  namespace: string;
  /** How often it is repaired and checked again; default 3. */
  rounds?: number;
  signal: AbortSignal;
}

/** A manifest from a description, checked against the cluster and repaired as far as that goes. Throws UNSUPPORTED for what no template makes. */
export async function generateManifest(
  access: ClusterAccess,
  description: string,
  { namespace, rounds = 3, signal }: GenerateOptions,
): Promise<GeneratedManifest> {
  const { objects, ...made } = makeManifest(description, namespace);
  return { ...made, ...(await settleManifest(access, objects, rounds, signal)), model: null, refused: null };
}

/** Checks objects against the cluster, repairs what can be repaired, and checks them again. */
export async function settleManifest(access: ClusterAccess, made: MadeObject[], rounds: number, signal: AbortSignal): Promise<SettledManifest> {
  let objects = made;
  const repaired: string[] = [];
  let checked = await checkManifest(access, objects, signal);
  for (let round = 0; round < rounds; round += 1) {
    const next = repair(objects, checked);
    if (next.said.length === 0) break;
    objects = next.objects;
    repaired.push(...next.said);
    checked = await checkManifest(access, objects, signal);
  }
  return { objects, ...checked, repaired };
}

function repair(objects: readonly MadeObject[], { problems }: CheckedManifest): { objects: MadeObject[]; said: string[] } {
  const said: string[] = [];
  const changed = objects.map((object) => {
    let now = object;
    for (const problem of problems.filter((each) => each.object === objectLabel(object))) {
      const found = repairs.find((each) => each.answers(problem));
      const next = found?.apply(now, problem) ?? now;
      if (found === undefined || JSON.stringify(next) === JSON.stringify(now)) continue;
      now = next;
      said.push(`${objectLabel(object)}: ${found.said}.`);
    }
    return now;
  });
  return { objects: changed, said: [...new Set(said)] };
}
