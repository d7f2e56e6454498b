import type { KindTypes } from '@quarterdeck/contract';
import type { Container, ContainerStateTerminated, ContainerStatus } from 'kubernetes-types/core/v1.js';
import type { ClusterView } from '../view/cluster-view.ts';
import { timeOf } from './evidence.ts';

export type Pod = KindTypes['Pod'];

/** A container as the pod declares it, with what the kubelet says of it. */
export interface PodContainer {
  name: string;
  spec: Container;
  status: ContainerStatus | undefined;
  /** Runs before the others and ends; a native sidecar (restartPolicy Always) is not one. */
  init: boolean;
  /** Inside the pod spec: `initContainers[0]`. */
  path: string;
}

export function containersOf(pod: Pod): PodContainer[] {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const one = (spec: Container, list: 'initContainers' | 'containers', index: number): PodContainer => ({
    name: spec.name,
    spec,
    status: statuses.find((status) => status.name === spec.name),
    init: list === 'initContainers' && spec.restartPolicy !== 'Always',
    path: `${list}[${index}]`,
  });
  return [
    ...(pod.spec?.initContainers ?? []).map((spec, index) => one(spec, 'initContainers', index)),
    ...(pod.spec?.containers ?? []).map((spec, index) => one(spec, 'containers', index)),
  ];
}

export function containerNamed(pod: Pod, name: string): PodContainer | undefined {
  return containersOf(pod).find((container) => container.name === name);
}

/** How the container last ended: the end it stands at, else the one before this run. */
export function lastExit(status: ContainerStatus): ContainerStateTerminated | undefined {
  return status.state?.terminated ?? status.lastState?.terminated;
}

const settledMs = 30_000;

/**
 * Whether earlier exits are over: it is ready and has outlived the run that failed by far. Time alone would not do:
 * a fault that strikes after 20 s and one that strikes after an hour are told apart by how long the failing run lasted.
 */
export function hasSettled(status: ContainerStatus, view: Pick<ClusterView, 'passed'>): boolean {
  const started = timeOf(status.state?.running?.startedAt);
  if (started === null || !status.ready) return false;
  const failed = status.lastState?.terminated;
  if (failed === undefined) return true;
  const failedRun = Math.max(0, (timeOf(failed.finishedAt) ?? 0) - (timeOf(failed.startedAt) ?? 0));
  return view.passed(started + Math.min(600_000, Math.max(settledMs, failedRun * 3)));
}

/** Whether the pod is meant to run: not finished, not on its way out. */
export function isLive(pod: Pod): boolean {
  const phase = pod.status?.phase;
  return pod.metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

export function isReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && pod.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;
}

/** Why the container exited, in words: a signal's name where the code tells one. */
export function exitMeaning(exitCode: number, reason: string | null): string {
  if (reason === 'OOMKilled') return 'killed for memory';
  return exitMeanings[exitCode] ?? (exitCode > 128 && exitCode < 160 ? `signal ${exitCode - 128}` : 'the program ended by itself with an error');
}

const exitMeanings: Record<number, string> = {
  0: 'the program ended by itself without an error',
  126: 'the command is not executable',
  127: 'the command was not found',
  128: 'the container could not be started',
  132: 'illegal instruction: wrong CPU architecture',
  134: 'aborted',
  135: 'bus error',
  137: 'killed with SIGKILL',
  139: 'segmentation fault',
  143: 'ended with SIGTERM',
};
