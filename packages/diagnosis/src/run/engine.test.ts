import type { EvidenceReader, EvidenceRequest } from '@quarterdeck/cluster';
import { type KubeObject, refKey, refOf } from '@quarterdeck/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenCluster, fullCoverage, healthyCluster, logAnswer, runDiagnosis, testNow } from '../testing/index.ts';
import type { Diagnosis } from './diagnosis.ts';
import { DiagnosisEngine } from './engine.ts';
import { builtInKnowledge } from './knowledge.ts';

const answer = (request: EvidenceRequest) =>
  request.need === 'log' && request.pod.startsWith('web')
    ? logAnswer(['2026-05-04T11:58:00Z Error: connect ECONNREFUSED db:5432', 'connection to db:5432 refused'])
    : ({ state: 'refused', reason: 'not kept' } as const);
const evidence: EvidenceReader = { read: (request) => Promise.resolve(answer(request)) };
const { signal } = new AbortController();
/** A busy machine takes long for hundreds of runs. Milliseconds. */
const patience = 60_000;

/** What is compared: everything but the view. */
function told({ incidents, findings, coverage }: Diagnosis) {
  return { incidents, findings, coverage };
}

async function follow(engine: DiagnosisEngine, changes: Parameters<DiagnosisEngine['apply']>[0], now: number) {
  await engine.apply(changes);
  return told(await engine.pass({ now, evidence, signal }));
}

function newEngine(): DiagnosisEngine {
  const engine = new DiagnosisEngine({ knowledge: builtInKnowledge, scope: null, now: testNow });
  engine.cover({ coverage: fullCoverage() });
  return engine;
}

async function fresh(objects: readonly KubeObject[], now = testNow) {
  return follow(newEngine(), { upserts: objects, deletes: [] }, now);
}

/** One thing that happens: an object comes as it is in one of the pools, goes, or loses a field. */
const step = fc.record({
  what: fc.constantFrom('put' as const, 'put' as const, 'delete' as const, 'drop' as const, 'relabel' as const),
  pool: fc.nat(1),
  at: fc.nat(200),
  field: fc.nat(400),
  seconds: fc.constantFrom(0, 0, 1, 20, 600),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Paths of everything inside a value. */
function* pathsOf(value: unknown, path: readonly (string | number)[] = []): Iterable<readonly (string | number)[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, below] of Object.entries(value)) {
    yield [...path, key];
    yield* pathsOf(below, [...path, key]);
  }
}

/** A copy without one field; what the border demands of every object stays. */
function without(object: KubeObject, field: number): KubeObject {
  const copy = structuredClone(object);
  const paths = [...pathsOf(copy)].filter((path) => !/^(apiVersion|kind|metadata|metadata\.name|metadata\.namespace)$/.test(path.join('.')));
  const path = paths[field % paths.length];
  if (path !== undefined) remove(copy, path);
  return copy;
}

function remove(value: object, [key = '', ...rest]: readonly (string | number)[]): void {
  const below: unknown = Reflect.get(value, key);
  if (rest.length === 0) Reflect.deleteProperty(value, key);
  else if (typeof below === 'object' && below !== null) remove(below, rest);
  if (Array.isArray(value) && rest.length === 0) value.splice(Number(key), 1);
}

/** The objects of a cluster as steps change them, with what an engine is told of each step. */
class Changing {
  readonly objects = new Map<string, KubeObject>();
  readonly #pools = [healthyCluster(), brokenCluster()];
  now = testNow;

  take({ what, pool, at, field, seconds }: Step) {
    this.now += seconds * 1000;
    const all = this.#pools[pool] ?? [];
    const chosen = all[at % all.length];
    if (chosen === undefined) throw new Error('A pool is never empty.');
    const known = this.objects.get(keyOf(chosen)) ?? chosen;
    if (what === 'delete') {
      this.objects.delete(keyOf(chosen));
      return { upserts: [], deletes: [refOf(chosen)] };
    }
    const next = what === 'drop' ? without(known, field) : what === 'relabel' ? relabelled(known, field) : structuredClone(chosen);
    this.objects.set(keyOf(next), next);
    return { upserts: [next], deletes: [] };
  }

  fill() {
    for (const object of this.#pools[1] ?? []) this.objects.set(keyOf(object), object);
    return { upserts: [...this.objects.values()], deletes: [] };
  }
}

const keyOf = (object: KubeObject) => refKey(refOf(object));

function relabelled(object: KubeObject, number: number): KubeObject {
  const app = ['web', 'db', 'catalog', 'api', 'other'][number % 5] ?? 'web';
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, app } } };
}

describe('the engine', () => {
  it(
    'says after any changes what a fresh run says',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          const cluster = new Changing();
          const engine = newEngine();
          await follow(engine, cluster.fill(), cluster.now);
          for (const each of steps) {
            const changes = cluster.take(each);
            const followed = await follow(engine, changes, cluster.now);
            expect(followed).toEqual(await fresh([...cluster.objects.values()], cluster.now));
          }
        }),
        { numRuns: 15 },
      );
    },
    patience,
  );

  it(
    'says the same in whatever order objects arrive, one by one or together',
    async () => {
      const expected = await fresh(brokenCluster());
      expect(expected.incidents.length).toBeGreaterThan(3);
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(brokenCluster(), { minLength: brokenCluster().length }), fc.integer({ min: 1, max: 9 }), async (objects, size) => {
          const engine = newEngine();
          let last = null;
          for (let from = 0; from < objects.length; from += size)
            last = await follow(engine, { upserts: objects.slice(from, from + size), deletes: [] }, testNow);
          expect(last).toEqual(expected);
        }),
        { numRuns: 10 },
      );
    },
    patience,
  );

  it('forgets what is gone', async () => {
    const engine = newEngine();
    await follow(engine, { upserts: brokenCluster(), deletes: [] }, testNow);
    const empty = await follow(engine, { upserts: [], deletes: brokenCluster().map(refOf) }, testNow);
    expect(empty).toEqual(await fresh([]));
    expect([...engine.state.index.slots()]).toEqual([]);
  });

  it('opens an incident when its time has come, with nothing changed', async () => {
    const engine = newEngine();
    await engine.apply({ upserts: brokenCluster(), deletes: [] });
    const first = await engine.pass({ now: testNow - 3_599_000, evidence, signal });
    expect(first.nextCheckAt).not.toBeNull();
    for (let now = first.nextCheckAt, passes = 0; now !== null && passes < 50; passes += 1) {
      const passed = await engine.pass({ now, evidence, signal });
      expect(told(passed)).toEqual(await fresh(brokenCluster(), now));
      now = passed.nextCheckAt;
    }
  });
});

describe('any part may be missing', () => {
  it('is silent about what works', async () => {
    expect((await runDiagnosis(healthyCluster())).incidents).toEqual([]);
  });

  it.each([...new Set([...brokenCluster(), ...healthyCluster()].map(keyOf))])('without %s', async (key) => {
    for (const cluster of [brokenCluster(), healthyCluster()]) {
      const rest = cluster.filter((object) => keyOf(object) !== key);
      const { coverage } = await runDiagnosis(rest);
      expect(coverage.skipped.filter(({ reason }) => reason.includes('crashed'))).toEqual([]);
    }
  });

  it(
    'names no cause that stands nowhere, whatever fields are missing',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.nat(200), fc.nat(400)), { minLength: 1, maxLength: 6 }), fc.boolean(), async (drops, isBroken) => {
          const objects = isBroken ? brokenCluster() : healthyCluster();
          for (const [at, field] of drops) {
            const index = at % objects.length;
            const object = objects[index];
            if (object !== undefined) objects[index] = without(object, field);
          }
          const { incidents } = await runDiagnosis(objects, { evidence: {} });
          const text = JSON.stringify(objects);
          for (const { cause } of incidents) expect(text).toContain(cause.name);
        }),
        { numRuns: 60 },
      );
    },
    patience,
  );

  it(
    'stays silent about what works when metadata that says nothing of health is missing',
    async () => {
      const fields = ['creationTimestamp', 'uid', 'generation', 'resourceVersion', 'managedFields'];
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...fields)), { minLength: 1, maxLength: 10 }), async (drops) => {
          const objects = healthyCluster();
          for (const [at, field] of drops) Reflect.deleteProperty(objects[at % objects.length]?.metadata ?? {}, field);
          expect((await runDiagnosis(objects)).incidents).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
    patience,
  );
});
