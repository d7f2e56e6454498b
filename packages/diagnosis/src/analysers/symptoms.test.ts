import { describe, expect, it } from 'vitest';
import { ago, runAnalyser } from '../testing/index.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';
import { ingressAnalyser } from './ingress.ts';
import { persistentVolumeAnalyser } from './persistent-volume.ts';
import { persistentVolumeClaimAnalyser } from './persistent-volume-claim.ts';
import { deploymentAvailability } from './workload-availability.ts';

const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

describe('symptoms of one object', () => {
  it('claim-resize-failed: an error of the resize, not a resize on its way', () => {
    const claim = (type: string) =>
      `kind: PersistentVolumeClaim\nmetadata: {name: data}\nstatus: {phase: Bound, conditions: [{type: ${type}, status: "True", message: no room}]}`;
    expect(codes(runAnalyser(persistentVolumeClaimAnalyser, claim('ControllerResizeError')))).toEqual(['claim-resize-failed']);
    expect(runAnalyser(persistentVolumeClaimAnalyser, claim('FileSystemResizePending'))).toEqual([]);
  });

  it('volume-failed: a volume that cannot be reclaimed, not one that is kept', () => {
    const volume = (phase: string) => `kind: PersistentVolume\nmetadata: {name: v}\nstatus: {phase: ${phase}, message: host gone}`;
    expect(codes(runAnalyser(persistentVolumeAnalyser, volume('Failed')))).toEqual(['volume-failed']);
    expect(runAnalyser(persistentVolumeAnalyser, volume('Released'))).toEqual([]);
  });

  it('workload-rollout-stuck: past its deadline, not before', () => {
    const rollout = (reason: string, status: string) =>
      workloadYaml({ name: 'web' }).replace(
        'status: {observedGeneration: 1,',
        `status: {conditions: [{type: Progressing, status: "${status}", reason: ${reason}, lastTransitionTime: "${ago(60)}"}], observedGeneration: 1,`,
      );
    expect(codes(runAnalyser(deploymentAvailability, rollout('ProgressDeadlineExceeded', 'False')))).toEqual(['workload-rollout-stuck']);
    expect(runAnalyser(deploymentAvailability, rollout('ReplicaSetUpdated', 'True'))).toEqual([]);
  });

  it('ingress-backend-unready: a Service that selects nothing, not one that is scaled to zero', () => {
    const routed = `kind: Ingress\nmetadata: {name: front}\nspec: {ingressClassName: nginx, rules: [{host: a.io, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}\n---\nkind: IngressClass\nmetadata: {name: nginx}\n---\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n`;
    expect(codes(runAnalyser(ingressAnalyser, routed))).toEqual(['ingress-backend-unready']);
    const zero = workloadYaml({ name: 'web' }).split('---')[0]?.replace('replicas: 1', 'replicas: 0') ?? '';
    expect(runAnalyser(ingressAnalyser, `${routed}${zero}`)).toEqual([]);
  });
});
