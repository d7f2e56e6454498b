import { describe, expect, it } from 'vitest';
import { testView } from '../testing/index.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';
import { lint, lintInTurns } from './lint.ts';

const annotated = (kind: string, name: string, codes: string, more = '') => `
---
kind: ${kind}
metadata: {name: ${name}, annotations: {quarterdeck.dev/ignore: "${codes}"}${more}}
---
`;
const outcomeOf = (yaml: string, options = {}) => lint(testView(yaml).view, { check: 'image-latest', ...options });

describe('lint', () => {
  const two = workloadYaml({ name: 'web', container: 'image: shop/web:latest', podSpec: 'initContainers: [{name: load, image: "shop/load:latest"}]' });

  it('says a thing once a workload, with every place, and never of the pods and ReplicaSets that a controller made', () => {
    const { advice } = outcomeOf(two);
    expect(advice).toMatchObject([{ check: 'image-latest', severity: 'low', object: { kind: 'Deployment', name: 'web' } }]);
    expect(advice[0]?.places.map(({ path, container }) => [path, container])).toEqual([
      ['spec.template.spec.initContainers[0].image', 'load'],
      ['spec.template.spec.containers[0].image', 'app'],
    ]);
  });

  it('is silenced by code on the object or its namespace, and counts what it kept back', () => {
    const own = two.replace('generation: 1', 'generation: 1, annotations: {quarterdeck.dev/ignore: "probe-x, IMAGE-LATEST"}');
    expect(outcomeOf(own)).toEqual({ advice: [], ignored: 2, skipped: [] });
    expect(outcomeOf(two + annotated('Namespace', 'shop', 'image-latest'))).toEqual({ advice: [], ignored: 2, skipped: [] });
    expect(outcomeOf(two + annotated('Namespace', 'shop', 'image')).advice).toHaveLength(1);
  });

  it('leaves out what Kubernetes put there itself, unless its namespace is asked for', () => {
    const system = 'kind: DaemonSet\nmetadata: {name: proxy, namespace: kube-system}\nspec: {template: {spec: {containers: [{name: p, image: "p:latest"}]}}}';
    expect(outcomeOf(system).advice).toEqual([]);
    expect(outcomeOf(system, { namespace: 'kube-system' }).advice).toHaveLength(1);
    expect(outcomeOf(two, { namespace: 'elsewhere' }).advice).toEqual([]);
  });

  it('says which object a check stumbled over, and goes on with the others', () => {
    const broken = 'kind: CronJob\nmetadata: {name: c}\nspec: {schedule: "* * * * *"}\n---\n';
    const outcome = lint(testView(broken + two).view);
    expect(outcome.skipped).toMatchObject([{ what: 'CronJob shop/c' }]);
    expect(outcome.advice.map(({ check }) => check)).toContain('image-latest');
  });

  it('says the same when it gives others a turn after each check', async () => {
    let turns = 0;
    const outcome = await lintInTurns(testView(two).view, {}, async () => {
      turns += 1;
    });
    expect(outcome).toEqual(lint(testView(two).view));
    expect(turns).toBeGreaterThan(30);
  });

  it('knows company rules only when asked', () => {
    const codes = (options: object) => lint(testView(two).view, options).advice.map(({ check }) => check);
    expect(codes({}).some((code) => code.startsWith('policy-'))).toBe(false);
    expect(codes({ policy: true })).toEqual(expect.arrayContaining(['policy-image-tag', 'policy-probes-required']));
  });
});
