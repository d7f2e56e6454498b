import { type ActDraft, type ForwardRequest, type ObjectRef, refTo } from '@quarterdeck/contract';
import { inNamespace, words } from './kubectl-command.ts';

interface InContainer {
  namespace: string;
  pod: string;
  container?: string | undefined;
}

/** A program that is run in a container. */
export function execDraft(place: InContainer & { command: readonly string[]; tty: boolean }): ActDraft {
  const { namespace, pod, container = null, command, tty } = place;
  const kubectl = ['kubectl', 'exec', ...(tty ? ['-it'] : []), ...at(place), pod, '--', ...command];
  return { action: 'pod.exec', target: refTo('Pod', namespace, pod), input: { container, command, tty }, kubectl: words(kubectl) };
}

export function attachDraft(place: InContainer): ActDraft {
  const { namespace, pod, container = null } = place;
  return { action: 'pod.attach', target: refTo('Pod', namespace, pod), input: { container }, kubectl: words(['kubectl', 'attach', '-it', ...at(place), pod]) };
}

export interface CopiedFiles extends InContainer {
  /** In the container. */
  path: string;
}

export function downloadDraft(place: CopiedFiles): ActDraft {
  const { namespace, pod, container = null, path } = place;
  const kubectl = ['kubectl', 'cp', ...at(place), `${pod}:${path}`, '.'];
  return { action: 'pod.download', target: refTo('Pod', namespace, pod), input: { container, path }, kubectl: words(kubectl) };
}

export function uploadDraft(place: CopiedFiles): ActDraft {
  const { namespace, pod, container = null, path } = place;
  const kubectl = ['kubectl', 'cp', ...at(place), 'FILE', `${pod}:${path}`];
  return { action: 'pod.upload', target: refTo('Pod', namespace, pod), input: { container, path }, kubectl: words(kubectl) };
}

interface DebugChoice {
  image: string;
  command?: readonly string[] | undefined;
  profile?: string | undefined;
}

export function debugPodDraft({ namespace, pod, target, ...choice }: { namespace: string; pod: string; target?: string | undefined } & DebugChoice): ActDraft {
  const kubectl = ['kubectl', 'debug', '-it', '-n', namespace, pod, ...(target === undefined ? [] : [`--target=${target}`]), ...debugFlags(choice)];
  return { action: 'pod.debug', target: refTo('Pod', namespace, pod), input: { ...choice, target: target ?? null }, kubectl: words(kubectl) };
}

export function debugNodeDraft({ node, namespace, ...choice }: { node: string; namespace: string } & DebugChoice): ActDraft {
  const kubectl = ['kubectl', 'debug', '-it', '-n', namespace, `node/${node}`, ...debugFlags(choice)];
  return { action: 'node.debug', target: refTo('Node', null, node), input: { ...choice, namespace }, kubectl: words(kubectl) };
}

export function endDebugNodeDraft({ namespace, pod }: InContainer): ActDraft {
  return {
    action: 'change.delete',
    target: refTo('Pod', namespace, pod),
    input: {},
    kubectl: words(['kubectl', 'delete', 'pod', '-n', namespace, pod, '--now']),
  };
}

function debugFlags({ image, command = [], profile }: DebugChoice): string[] {
  return [`--image=${image}`, ...(profile === undefined ? [] : [`--profile=${profile}`]), ...(command.length === 0 ? [] : ['--', ...command])];
}

/** A port-forward. `kind` is as it was asked for: no cluster has looked at it. */
export function forwardDraft({ namespace, kind, name, selector, ports, address }: ForwardRequest): ActDraft {
  const target: ObjectRef = { apiVersion: '', kind, namespace, name: name ?? selector ?? '' };
  const pairs = ports.map(({ local, remote }) => `${local === 0 ? '' : local}:${remote}`);
  const kubectl =
    name === undefined ? null : words(['kubectl', 'port-forward', ...inNamespace(target), `--address=${address}`, `${kind.toLowerCase()}/${name}`, ...pairs]);
  return { action: 'pod.portForward', target, input: { selector: selector ?? null, ports, address }, kubectl };
}

function at({ namespace, container }: InContainer): string[] {
  return ['-n', namespace, ...(container === undefined ? [] : ['-c', container])];
}
