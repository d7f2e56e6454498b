import { AppError, type DebugProfile, type KindTypes } from '@quarterdeck/contract';
import { podPath, podsPath } from '../access/resource-path.ts';
import type { Transport } from '../transport/transport.ts';
import type { DebugContainer } from './debug-pod.ts';
import { nodeAccess } from './debug-profiles.ts';
import { type PodName, podOf, readPod } from './read-pod.ts';
import { waitForContainer } from './wait-for-container.ts';

export interface DebugNodeRequest {
  node: string;
  /** Where the pod is created. */
  namespace: string;
  image: string;
  /** Left out or empty: what the image starts. */
  command?: readonly string[];
  profile: DebugProfile;
  stdin: boolean;
  tty: boolean;
  onWaiting?: ((reason: string) => void) | undefined;
  signal: AbortSignal;
}

export interface DebugNode extends DebugContainer {
  /** Deletes the pod. */
  remove(signal: AbortSignal): Promise<void>;
}

const container = 'debugger';
const namePrefix = 'node-debugger-';

/**
 * Starts a pod on a node that sees what its profile says, with the node's files at /host, and waits until it runs;
 * attach to it with `attachToPod`, then `remove` it. A pod that does not start is removed here.
 */
export async function debugNode(api: Transport, request: DebugNodeRequest): Promise<DebugNode> {
  const { namespace, onWaiting, signal } = request;
  const raw = await api.json({
    path: podsPath(namespace),
    method: 'POST',
    body: { contentType: 'application/json', text: JSON.stringify(nodePod(request)) },
    subject: { verb: 'create', resource: 'pods', namespace },
    signal,
  });
  const pod = podOf(raw, 'node-debugger').metadata.name;
  const remove = (ending: AbortSignal) => removePod(api, namespace, pod, ending);
  try {
    await waitForContainer(api, { namespace, pod, container, onWaiting, signal });
  } catch (thrown) {
    await remove(AbortSignal.timeout(10_000)).catch(() => undefined); // What kept it from starting is what matters.
    throw thrown;
  }
  return { namespace, pod, container, remove };
}

/** As kubectl makes it, so that people recognise it. */
function nodePod({ node, image, command = [], profile, stdin, tty }: DebugNodeRequest): object {
  const { hostNamespaces, hostFiles, security } = nodeAccess[profile];
  const spec: NonNullable<KindTypes['Pod']['spec']> = {
    nodeName: node,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 0,
    tolerations: [{ operator: 'Exists' }],
    hostNetwork: hostNamespaces,
    hostPID: hostNamespaces,
    hostIPC: hostNamespaces,
    volumes: hostFiles ? [{ name: 'host-root', hostPath: { path: '/' } }] : [],
    containers: [
      {
        name: container,
        image,
        stdin,
        tty,
        ...(command.length === 0 ? {} : { command: [...command] }),
        ...(security === null ? {} : { securityContext: security }),
        volumeMounts: hostFiles ? [{ name: 'host-root', mountPath: '/host' }] : [],
      },
    ],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: `${namePrefix}${node.slice(0, 40)}-` }, spec };
}

/** Deletes a pod that `debugNode` made. Throws CONFLICT for any other. */
export async function endDebugNode(api: Transport, { namespace, pod }: PodName, signal: AbortSignal): Promise<void> {
  const { metadata, spec } = await readPod(api, { namespace, pod }, signal);
  const ours = metadata.generateName?.startsWith(namePrefix) === true && spec?.containers.every(({ name }) => name === container) === true;
  if (!ours) throw new AppError('CONFLICT', `The pod ${namespace}/${pod} was not started to debug a node.`, { hint: 'Delete it as any other pod.' });
  await removePod(api, namespace, pod, signal);
}

async function removePod(api: Transport, namespace: string, pod: string, signal: AbortSignal): Promise<void> {
  await api.json({
    path: podPath(namespace, pod),
    method: 'DELETE',
    query: { gracePeriodSeconds: '0' },
    subject: { verb: 'delete', resource: 'pods', namespace, name: pod },
    signal,
  });
}
