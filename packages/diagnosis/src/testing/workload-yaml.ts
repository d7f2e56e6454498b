/** A Deployment with its ReplicaSet and one pod, as YAML, so that a fixture shows only what matters. */
export interface WorkloadYaml {
  name: string;
  /** Fields of the only container, one a line, without indentation: `image: nginx:1`. */
  container?: string;
  /** Fields of the pod specification besides the containers. */
  podSpec?: string;
  /** The pod's status; running and ready where left out. */
  status?: string;
  nodeName?: string | null;
}

function indent(text: string, spaces: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(spaces)}${line}`)
    .join('\n');
}

export const readyStatus = `
phase: Running
startTime: 2026-05-04T11:00:00Z
conditions: [{type: Ready, status: "True"}, {type: PodScheduled, status: "True"}]
containerStatuses:
  - {name: app, ready: true, started: true, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:00:05Z"}}}`;

/** A container status with this state, not ready. */
export function unreadyStatus(state: string, options: { phase?: string; restarts?: number; lastState?: string } = {}): string {
  return `
phase: ${options.phase ?? 'Running'}
startTime: 2026-05-04T11:00:00Z
conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-05-04T11:00:00Z"}, {type: PodScheduled, status: "True"}]
containerStatuses:
  - {name: app, ready: false, started: false, restartCount: ${options.restarts ?? 0}, state: ${state}, lastState: ${options.lastState ?? '{}'}}`;
}

/** A container that ended with this code again and again, and waits in CrashLoopBackOff. */
export function crashLoopStatus(exitCode: number, reason = 'Error'): string {
  const ended = `{exitCode: ${exitCode}, reason: ${reason}, startedAt: "2026-05-04T11:58:00Z", finishedAt: "2026-05-04T11:58:01Z"}`;
  return unreadyStatus('{waiting: {reason: CrashLoopBackOff}}', { restarts: 5, lastState: `{terminated: ${ended}}` });
}

export function workloadYaml({ name, container = '', podSpec = '', status = readyStatus, nodeName = 'node-1' }: WorkloadYaml): string {
  const spec = (spaces: number) => `${indent(`containers:\n  - name: app\n${indent(container === '' ? 'image: app:1' : container, 4)}\n${podSpec}`, spaces)}`;
  const ready = status === readyStatus ? 1 : 0;
  return `
kind: Deployment
metadata: {name: ${name}, generation: 1}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
${spec(6)}
status: {observedGeneration: 1, replicas: 1, readyReplicas: ${ready}}
---
kind: ReplicaSet
metadata:
  name: ${name}-5f4d
  annotations: {deployment.kubernetes.io/revision: "1"}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: ${name}, controller: true}]
spec: {replicas: 1, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}}}
status: {replicas: 1, readyReplicas: ${ready}}
---
kind: Pod
metadata:
  name: ${name}-5f4d-x1
  labels: {app: ${name}, pod-template-hash: 5f4d}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: ${name}-5f4d, controller: true}]
spec:
${nodeName === null ? '' : `  nodeName: ${nodeName}\n`}${spec(2)}
status:
${indent(status, 2)}
---
`;
}

/** A warning about a pod of `workloadYaml`, seen until ten seconds before `testNow`. */
export function podEventYaml(workload: string, reason: string, message: string, count = 5): string {
  return `
kind: Event
metadata: {name: "${workload}.${reason.toLowerCase()}"}
involvedObject: {apiVersion: v1, kind: Pod, namespace: shop, name: ${workload}-5f4d-x1}
type: Warning
reason: ${reason}
message: ${JSON.stringify(message)}
count: ${count}
firstTimestamp: 2026-05-04T11:50:00Z
lastTimestamp: 2026-05-04T11:59:50Z
---
`;
}
