import { AppError, type KindTypes } from '@quarterdeck/contract';
import { type ChosenContainer, chooseContainer, requireRunning } from '../exec/choose-container.ts';
import { type DebugContainer, debugPod } from '../exec/debug-pod.ts';
import { type PodName, readPod } from '../exec/read-pod.ts';
import { runInPod } from '../exec/run-in-pod.ts';
import type { Transport } from '../transport/transport.ts';
import type { FilePlace } from './file-place.ts';

export interface ViaDebugRequest extends PodName {
  container?: string | undefined;
  image: string;
  onWaiting?: ((reason: string) => void) | undefined;
  signal: AbortSignal;
}

export interface DebugPlace {
  place: FilePlace & { root: string };
  /** Lets the debug container end. */
  release(): Promise<void>;
}

/** Its existence ends the debug container; without it, it ends by itself after a day. */
const endFile = '/tmp/.copied';
const waitForEnd = `i=0; while [ ! -e ${endFile} ] && [ $i -lt 86400 ]; do sleep 1; i=$((i+1)); done`;

/**
 * Prints the root of the container whose id is the first argument, as its processes see it; the second says which
 * process to take where no control group tells (1, or none where process 1 is somebody else's).
 */
const findRoot = `for p in /proc/[0-9]*; do
  if grep -q "$1" "$p/cgroup" 2>/dev/null && [ -d "$p/root/" ]; then echo "$p/root"; exit 0; fi
done
[ -n "$2" ] && [ -d "/proc/$2/root/" ] && echo "/proc/$2/root"`;

/**
 * A debug container beside a container that lacks the programs for its files; the container's files are seen through
 * its processes. Links with absolute targets lead into the debug container instead. The caller releases it.
 * Throws UNSUPPORTED where the files can't be seen, and as `debugPod` does.
 */
export async function viaDebugContainer(api: Transport, { container, image, onWaiting, signal, ...name }: ViaDebugRequest): Promise<DebugPlace> {
  const pod = await readPod(api, name, signal);
  const target = chooseContainer(pod, container);
  const command = ['sh', '-c', waitForEnd];
  const added = await debugPod(api, { ...name, target: target.name, image, command, profile: 'general', stdin: false, tty: false, onWaiting, signal });
  const release = async () => {
    await runInPod(api, { ...added, command: ['touch', endFile], maxBytes: 1024, signal: AbortSignal.timeout(10_000) });
  };
  try {
    return { place: { ...added, root: await rootOf(api, pod, target, added, signal) }, release };
  } catch (thrown) {
    await release().catch(() => undefined); // It ends by itself; what went wrong first is what matters.
    throw thrown;
  }
}

export interface ThroughDebugRequest extends PodName {
  /** Whose files; left out, the pod's default container. */
  container?: string | undefined;
  /** The debug container, which was put there before and runs. */
  via: string;
  signal: AbortSignal;
}

/** The files of a container through a debug container that is there already. Throws NOT_FOUND, CONFLICT and UNSUPPORTED. */
export async function throughDebugContainer(api: Transport, { container, via, signal, ...name }: ThroughDebugRequest): Promise<FilePlace & { root: string }> {
  const pod = await readPod(api, name, signal);
  const debug = chooseContainer(pod, via);
  requireRunning(pod, debug);
  const place = { ...name, container: debug.name };
  return { ...place, root: await rootOf(api, pod, chooseContainer(pod, container), place, signal) };
}

async function rootOf(api: Transport, pod: KindTypes['Pod'], target: ChosenContainer, debug: DebugContainer, signal: AbortSignal): Promise<string> {
  const script = ['sh', '-c', findRoot, 'sh', idOf(target.status?.containerID), ownFirstProcess(pod) ? '1' : ''];
  const { stdout } = await runInPod(api, { ...debug, command: script, maxBytes: 4096, signal });
  const root = stdout.toString('utf8').trim();
  if (root === '') throw unseen(debug, target.name);
  return root;
}

/** Whether process 1, as the debug container sees it, is the target's. */
function ownFirstProcess({ spec }: KindTypes['Pod']): boolean {
  return spec?.hostPID !== true && spec?.shareProcessNamespace !== true;
}

/** `containerd://0123…` without the runtime; something that is in no path where it is unknown. */
function idOf(containerId: string | undefined): string {
  return containerId?.replace(/^.*:\/\//, '') || 'no-id';
}

function unseen({ namespace, pod }: PodName, container: string): AppError {
  return new AppError('UNSUPPORTED', `The files of the container ${container} of the pod ${namespace}/${pod} can not be seen from a debug container.`, {
    hint: 'The runtime may not share processes with it, or its user is another than root.',
  });
}
