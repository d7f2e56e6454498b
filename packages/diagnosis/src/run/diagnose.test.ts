import { refTo } from '@quarterdeck/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { defineRule } from '../model/rule.ts';
import { ago, fromYaml, runDiagnosis, testNow } from '../testing/index.ts';

type Words = { words: string };

const notReady = defineCode<Words>({
  code: 'test-not-ready',
  title: 'Pod is not ready',
  documentation: 'For tests.',
  silentWhen: 'There is none.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 0,
  message: (facts) => `It is not ready: ${facts.words}.`,
});

/** Sees every pod that says why it is not ready in its status message, and reads a log where the message says so. */
const readiness = defineAnalyser({
  id: 'test-readiness',
  kind: 'Pod',
  reads: ['Secret'],
  codes: [notReady],
  *analyse(pod, view) {
    const words = pod.status?.message;
    if (words === undefined) return;
    if (words === 'crash') throw new Error('no idea');
    const { name, namespace = '' } = pod.metadata;
    const log = words === 'see log' ? view.ask<'log'>({ need: 'log', namespace, pod: name, container: 'app', previous: false, lines: 500 }) : undefined;
    const seen = log?.state === 'answered' ? (log.value[0]?.text ?? '') : words;
    const since = Date.parse(pod.status?.startTime ?? '');
    yield { code: notReady.code, object: refTo('Pod', namespace, name), discriminator: '', severity: 'high', since, facts: { words: seen }, evidence: [] };
  },
});

const callee = defineRule({
  id: 'test-callee',
  explains: [notReady.code],
  mechanisms: [],
  *explain(finding, view) {
    for (const via of view.outgoing(finding.object, 'calls')) {
      for (const { to } of view.outgoing(via.to, 'selects')) {
        for (const upstream of view.findingsOn(to, notReady.code)) {
          yield { rule: 'test-callee', finding: finding.id, because: { kind: 'finding', finding: upstream.id }, via, strength: 'likely', evidence: [] };
        }
      }
    }
  },
});

const missingClass = defineRule({
  id: 'test-storage-class',
  explains: [notReady.code],
  mechanisms: [
    { id: 'missing-class', title: (_, ref) => `Claim ${ref.name} waits`, sentence: (facts) => `StorageClass ${String(facts.storageClass)} does not exist.` },
  ],
  *explain(finding, view) {
    for (const mount of view.outgoing(finding.object, 'mounts')) {
      for (const via of view.outgoing(mount.to, 'provisions').filter((edge) => view.isMissing(edge.to))) {
        const because = { kind: 'root', object: mount.to, exists: true, mechanism: 'missing-class', facts: { storageClass: via.to.name } } as const;
        yield { rule: 'test-storage-class', finding: finding.id, because, via: mount, strength: 'certain', evidence: [] };
      }
    }
  },
});

const knows = { analysers: [readiness], rules: [callee, missingClass] };

/** A Deployment with its ReplicaSet, two pods and a Service. */
function workload(name: string, { env = '', volume = '', message = 'not ready', since = ago(300) } = {}): string {
  const volumes = volume === '' ? '[]' : `[{name: data, persistentVolumeClaim: {claimName: ${volume}}}]`;
  const spec = `{containers: [{name: app, env: [{name: TARGET, value: '${env}'}]}], volumes: ${volumes}}`;
  const pod = (id: string) => `kind: Pod
metadata: {name: ${name}-77-${id}, labels: {app: ${name}, pod-template-hash: '77'}, ownerReferences: [{kind: ReplicaSet, name: ${name}-77}]}
spec: ${spec}
status: {phase: Pending, startTime: '${since}', message: ${message}}`;
  return `kind: Deployment
metadata: {name: ${name}}
spec: {replicas: 2, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: ${spec}}}
---
kind: ReplicaSet
metadata: {name: ${name}-77, ownerReferences: [{kind: Deployment, name: ${name}}]}
---
${pod('a')}
---
${pod('b')}
---
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 8080}]}
`;
}

const cascade = [
  workload('web', { env: 'http://$(API_SERVICE_HOST):8080' }),
  workload('api', { env: 'redis.shop.svc:6379' }),
  workload('redis', { volume: 'redis-data' }),
  'kind: PersistentVolumeClaim\nmetadata: {name: redis-data}\nspec: {storageClassName: premium}\nstatus: {phase: Pending}',
].join('\n---\n');

describe('diagnose', () => {
  it('finds one cause behind a cascade and shows the way to it', async () => {
    const { incidents, coverage } = await runDiagnosis(cascade, { knows });
    expect(coverage).toMatchObject({ complete: true, skipped: [] });
    expect(incidents).toHaveLength(1);
    const [incident] = incidents;
    expect(incident).toMatchObject({
      cause: refTo('PersistentVolumeClaim', 'shop', 'redis-data'),
      confidence: 'certain',
      sentence: 'StorageClass premium does not exist.',
    });
    expect(incident?.findings).toHaveLength(6);
    expect(incident?.chains.map((chain) => chain.map((node) => `${node.relation ?? ''}>${node.object.kind} ${node.object.name}`))).toEqual([
      [
        '>PersistentVolumeClaim redis-data',
        'mounts>Deployment redis',
        'selects>Service redis',
        'calls>Deployment api',
        'selects>Service api',
        'calls>Deployment web',
      ],
    ]);
    expect(incident?.chains[0]?.slice(0, 2).map((node) => `${node.state}: ${node.stateText}`)).toEqual(['pending: Pending', 'critical: 0/2 ready']);
    expect(incident?.affected.map((ref) => `${ref.kind} ${ref.name}`)).toEqual([
      'Deployment api',
      'Deployment redis',
      'Deployment web',
      'Service api',
      'Service redis',
    ]);
  });

  it('says the same whatever the order of the objects', async () => {
    const objects = fromYaml(cascade);
    const expected = (await runDiagnosis(objects, { knows })).incidents;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(objects, { minLength: objects.length }), async (shuffled) => {
        expect((await runDiagnosis(shuffled, { knows })).incidents).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('puts every finding into exactly one incident', async () => {
    const { incidents, findings } = await runDiagnosis(`${cascade}\n---\n${workload('lone')}`, { knows });
    const placed = incidents.flatMap((incident) => incident.findings.map((finding) => finding.id)).sort();
    expect(placed).toEqual(findings.map((finding) => finding.id));
  });

  it('names the workload, and borrows no guess, where nothing explains it', async () => {
    const { incidents } = await runDiagnosis(workload('lone', { message: 'exits with code 3' }), { knows });
    expect(incidents).toMatchObject([
      {
        cause: refTo('Deployment', 'shop', 'lone'),
        confidence: 'unexplained',
        sentence: 'It is not ready: exits with code 3; nothing in the cluster explains it.',
      },
    ]);
  });

  it('shows an object that its kind takes for on its way as bad as its finding', async () => {
    const lone = `kind: Pod\nmetadata: {name: alone}\nstatus: {phase: Pending, message: stuck, startTime: '${ago(300)}'}`;
    const { incidents } = await runDiagnosis(lone, { knows });
    expect(incidents[0]?.chains[0]).toMatchObject([{ object: { name: 'alone' }, state: 'high', stateText: 'Pending' }]);
  });

  it('makes one incident of workloads that wait for each other', async () => {
    const { incidents } = await runDiagnosis(`${workload('a', { env: 'b.shop:80' })}\n---\n${workload('b', { env: 'a.shop:80' })}`, { knows });
    expect(incidents.map((incident) => incident.title)).toEqual(['Deployment shop/a and Deployment shop/b wait for each other']);
  });

  it('keeps the id through restarts and renames of pods', async () => {
    const renamed = cascade.replaceAll('-77', '-88').replaceAll("'77'", "'88'");
    const [one, other] = await Promise.all([runDiagnosis(cascade, { knows }), runDiagnosis(renamed, { knows, now: testNow + 60_000 })]);
    expect(one.incidents[0]?.id).toMatch(/^qd-[0-9a-f]{10}$/);
    expect(other.incidents[0]?.id).toBe(one.incidents[0]?.id);
  });

  it('waits until a symptom has lasted, and says when to look again', async () => {
    const young = workload('lone', { since: ago(5) });
    expect(await runDiagnosis(young, { knows })).toMatchObject({ incidents: [], nextCheckAt: testNow + 15_000 });
    const later = await runDiagnosis(young, { knows, now: testNow + 15_000 });
    expect([later.incidents.length, later.nextCheckAt]).toEqual([1, null]);
  });

  it('reads what analysers ask for, and shows a refusal and its reason', async () => {
    const logs = { 'lone-77-a/app': ['exits because of X'] };
    const { incidents, coverage } = await runDiagnosis(workload('lone', { message: 'see log' }), {
      knows,
      evidence: { logs },
      coverage: { Secret: 'forbidden' },
    });
    expect(incidents[0]?.findings.map((finding) => finding.facts)).toEqual([{ words: 'exits because of X' }, { words: 'see log' }]);
    expect(incidents[0]?.notSeen).toEqual([
      'Secret objects: no permission to list them',
      'log of container app in Pod shop/lone-77-b: there is no log of lone-77-b/app',
    ]);
    expect(coverage.skipped.map((skipped) => skipped.what)).toEqual(['Secret', 'log of container app in Pod shop/lone-77-b']);
  });

  it('takes what is not there for no gap in what was seen', async () => {
    const logs = { 'lone-77-a/app': null, 'lone-77-b/app': ['exits because of X'] };
    const { incidents, coverage } = await runDiagnosis(workload('lone', { message: 'see log' }), { knows, evidence: { logs } });
    expect(incidents[0]?.notSeen).toEqual([]);
    expect(coverage).toMatchObject({ complete: true, skipped: [] });
  });

  it('turns a crash into coverage and keeps the rest', async () => {
    const crashing = defineRule({
      ...missingClass,
      id: 'crashing',
      explain: () => {
        throw new Error('boom');
      },
    });
    const objects = `${workload('lone', { message: 'crash' })}\n---\n${cascade}`;
    const { incidents, coverage } = await runDiagnosis(objects, { knows: { analysers: [readiness], rules: [...knows.rules, crashing] } });
    expect(incidents).toHaveLength(1);
    expect(coverage.skipped).toContainEqual({ what: 'analyser test-readiness on Pod shop/lone-77-a', reason: 'it crashed: no idea' });
    expect(coverage.skipped).toContainEqual({ what: 'rule crashing on Pod shop/web-77-b', reason: 'it crashed: boom' });
  });

  it('keeps an incident whose words crash, and says so', async () => {
    const wordless = defineRule({
      ...missingClass,
      mechanisms: [
        {
          id: 'missing-class',
          title: () => '',
          sentence: () => {
            throw new Error('no words');
          },
        },
      ],
    });
    const { incidents, coverage } = await runDiagnosis(cascade, { knows: { analysers: [readiness], rules: [callee, wordless] } });
    expect(incidents[0]?.sentence).toContain('PersistentVolumeClaim shop/redis-data');
    expect(coverage.skipped.map((skipped) => skipped.reason)).toEqual(['they crashed: no words']);
  });

  it('lets a pod share the cause that was found for its siblings', async () => {
    const onlyOne = defineRule({
      id: 'only-one',
      explains: [notReady.code],
      mechanisms: [{ id: 'seen-in-log', title: () => 'seen', sentence: () => 'Seen in the log.' }],
      *explain(finding, view) {
        if (finding.facts.words !== 'clear') return;
        const because = { kind: 'root', object: view.topOwner(finding.object), exists: true, mechanism: 'seen-in-log', facts: {} } as const;
        yield { rule: 'only-one', finding: finding.id, because, via: null, strength: 'certain', evidence: [] };
      },
    });
    const logs = { 'lone-77-a/app': ['clear'] };
    const { incidents } = await runDiagnosis(workload('lone', { message: 'see log' }), {
      knows: { analysers: [readiness], rules: [onlyOne] },
      evidence: { logs },
    });
    expect(incidents.map((incident) => [incident.mechanism, incident.findings.length, incident.confidence])).toEqual([['seen-in-log', 2, 'certain']]);
  });
});
