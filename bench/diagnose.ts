import { type ClusterAccess, collectSnapshot } from '@quarterdeck/cluster';
import { diagnosisKinds } from '@quarterdeck/diagnosis';
import type { Bench, BenchContext, BenchResult, Figure } from './bench.ts';
import { measureChanges } from './diagnose/measure-changes.ts';
import { measureFull } from './diagnose/measure-full.ts';
import { placeCluster } from './diagnose/place-cluster.ts';
import { playedCluster, playedNow } from './diagnose/played-cluster.ts';
import type { Subject } from './diagnose/subject.ts';
import type { ClusterSize } from './diagnose/written-objects.ts';
import { startSandbox } from './harness/sandbox-cluster.ts';
import { openKubeconfig } from './live/cluster-client.ts';

export const diagnose: Bench = {
  name: 'diagnose',
  summary: 'the diagnosis of a large and healthy cluster, whole and after single changes',
  needs: 'nothing; with --cluster Go (for a sandbox cluster of its own)',
  options: {
    pods: { type: 'number', default: '5000', summary: 'how many pods' },
    objects: { type: 'number', default: '20000', summary: 'how many objects, pods and events included' },
    nodes: { type: 'number', default: '100', summary: 'how many nodes' },
    namespaces: { type: 'number', default: '50', summary: 'how many namespaces' },
    changes: { type: 'number', default: '600', summary: 'how many single changes' },
    broken: { type: 'number', default: '200', summary: 'how many workloads are broken in the second round' },
    cluster: { type: 'switch', default: 'false', summary: 'in place of all that, the same on a real control plane with played nodes' },
    keep: { type: 'switch', default: 'false', summary: 'with --cluster: leave the cluster up for the next run' },
  },
  run: (context) => (context.isOn('cluster') ? runOnCluster(context) : runInMemory(context)),
};

function sizeOf(context: BenchContext): ClusterSize {
  return { pods: context.number('pods'), nodes: context.number('nodes'), namespaces: context.number('namespaces') };
}

async function runInMemory(context: BenchContext): Promise<BenchResult> {
  const size = sizeOf(context);
  context.tell('making the objects');
  const subject: Subject = { objects: playedCluster(size, context.number('objects')), now: playedNow };
  const full = await measureFull(context, subject);
  const healthy = await measureChanges(context, subject, 0);
  const broken = await measureChanges(context, subject, context.number('broken'));
  return {
    figures: [
      { name: 'objects', value: subject.objects.length, unit: '' },
      ...full.figures,
      ...named('', healthy.figures, 5),
      ...named('with broken workloads: ', broken.figures, 5),
    ],
    peers: {
      'a full run for each change': [
        { name: 'processor time a change', value: full.warmMs, unit: 'ms' },
        { name: 'as many times as ours, median', value: full.warmMs / healthy.medianMs, unit: '' },
      ],
      // https://github.com/k8sgpt-ai/k8sgpt: no measurement of ours.
      'k8sgpt analyze, as published for this size': [
        { name: 'full analysis', value: 109_000, unit: 'ms' },
        { name: 'memory', value: 192, unit: 'MB' },
      ],
    },
  };
}

/** The bars: a change is worked in within five milliseconds of processor time. */
function named(prefix: string, figures: readonly Figure[], most: number): Figure[] {
  return figures.map((figure) => ({
    ...figure,
    name: `${prefix}${figure.name}`,
    ...(figure.name.endsWith('p95') ? { bar: { is: '<' as const, value: most } } : {}),
  }));
}

async function runOnCluster(context: BenchContext): Promise<BenchResult> {
  const cluster = await startSandbox(context, 'bench-diagnose', { playedNodes: context.number('nodes'), addons: true, keep: context.isOn('keep') });
  const access = await openKubeconfig(cluster.kubeconfig);
  context.cleanup.add(() => access.close());
  await placeCluster(context, access, sizeOf(context));
  const subject = await subjectOf(access, context.signal);
  const { figures } = await measureFull(context, subject);
  return { figures: [{ name: 'objects', value: subject.objects.length, unit: '' }, ...figures], peers: {} };
}

async function subjectOf(access: ClusterAccess, signal: AbortSignal): Promise<Subject> {
  const { objects, takenAt, coverage, customKinds } = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: null, signal });
  return { objects, now: takenAt, coverage, customKinds, evidence: access.evidence };
}
