import type { ClusterAccess } from '@quarterdeck/cluster';
import { type CheckedManifest, checkManifest } from './check-manifest.ts';
import { type MadeManifest, makeManifest } from './make-manifest.ts';
import { objectLabel } from './problem.ts';
import { repairs } from './repairs.ts';
import type { MadeObject } from './wanted.ts';

export interface GeneratedManifest extends MadeManifest, CheckedManifest {
  /** What was changed after the first check, in sentences. */
  repaired: string[];
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
  const made = makeManifest(description, namespace);
  let { objects } = made;
  const repaired: string[] = [];
  let checked = await checkManifest(access, objects, signal);
  for (let round = 0; round < rounds; round += 1) {
    const next = repair(objects, checked);
    if (next.said.length === 0) break;
    objects = next.objects;
    repaired.push(...next.said);
    checked = await checkManifest(access, objects, signal);
  }
  return { ...made, objects, ...checked, repaired };
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
