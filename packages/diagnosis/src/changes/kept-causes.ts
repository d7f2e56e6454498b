import { type ObjectRef, refLabel, sameRef } from '@quarterdeck/contract';
import { changedBack } from '../causes/changed-back.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { evidence } from '../pods/evidence.ts';
import { type Chain, type Resolution, weaker } from '../resolve/resolution.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { type Keeper, keeperOf } from './keeper.ts';
import { writeText } from './writes.ts';

export interface KeptCausesInput {
  findings: readonly IdentifiedFinding[];
  mechanisms: ReadonlyMap<string, Mechanism>;
  view: ClusterView;
}

/**
 * Chains that end at an object which some program keeps writing end at that program: who mends the object alone has it
 * back at the next run. The decisive fields of the cause must be those that the program writes.
 */
export function withKeepers(resolution: Resolution, { findings, mechanisms, view }: KeptCausesInput): Resolution {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const known = new Map<string, Keeper | null>();
  const kept = [...resolution].map(([id, chain]): [string, Chain] => [id, keptChain(chain)]);
  return new Map(kept);

  function keptChain(chain: Chain): Chain {
    const { end } = chain;
    const last = chain.links.at(-1);
    if (end.kind !== 'root' || last === undefined || !end.exists) return chain;
    const owner = view.topOwner(end.object);
    const paths = decisivePaths(chain, owner);
    const key = `${JSON.stringify(owner)}|${paths.join('|')}`;
    const keeper = known.get(key) ?? find(owner, paths);
    known.set(key, keeper);
    if (keeper === null || sameRef(keeper.ref, owner)) return chain;
    const why = mechanisms.get(end.mechanism)?.sentence(end.facts, owner) ?? '';
    return extended(chain, keeper, owner, why);
  }

  function find(owner: ObjectRef, paths: readonly string[]): Keeper | null {
    const object = view.find(owner);
    return object === undefined ? null : keeperOf(object, paths, view);
  }

  function decisivePaths(chain: Chain, owner: ObjectRef): string[] {
    const started = chain.links.flatMap(({ finding }) => byId.get(finding)?.evidence ?? []);
    const pieces = [...chain.links.flatMap((link) => link.evidence), ...started].filter((piece) => sameRef(piece.object, owner));
    const decisive = pieces.filter((piece) => piece.decisive);
    return [...new Set((decisive.length > 0 ? decisive : pieces).flatMap(({ path }) => (path === null || path.startsWith('status') ? [] : [path])))];
  }
}

function extended(chain: Chain, keeper: Keeper, object: ObjectRef, why: string): Chain {
  const { write, run, ref } = keeper;
  const strength = run === null ? 'likely' : 'certain';
  const facts = {
    target: `${object.kind} ${object.name}`,
    fields: write.fields.slice(0, 3),
    manager: write.by,
    at: new Date(write.at).toISOString(),
    run: run?.name ?? null,
    schedule: keeper.schedule,
    path: keeper.path,
    why,
  };
  const text = `${refLabel(object)}: ${writeText(write)}, by ${write.by}${run === null ? '' : ` while Job ${run.name} ran`}`;
  const seen = [
    evidence({ source: 'metadata', object, path: 'metadata.managedFields', value: write.by, text, at: facts.at, decisive: true }),
    evidence({ source: 'spec', object: ref, path: keeper.path, value: object.name, text: `${keeper.path} names ${object.kind} ${object.name}` }),
  ];
  const end = { kind: 'root' as const, object: ref, exists: true, mechanism: changedBack.id, facts };
  const via = { type: 'changes' as const, from: ref, to: object, path: 'metadata.managedFields', detail: { at: facts.at } };
  const finding = chain.links.at(-1)?.finding ?? chain.finding;
  const link = { rule: 'changed-back', finding, because: end, via, strength, evidence: seen } as const;
  return { ...chain, links: [...chain.links, link], end, strength: chain.strength === null ? strength : weaker(chain.strength, strength) };
}
