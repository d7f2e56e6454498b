import { type ObjectRef, refOf } from '@quarterdeck/contract';
import type { Container, EnvVar } from 'kubernetes-types/core/v1.js';
import { factsOf, type LogFact } from '../logs/log-fact.ts';
import { containerLog } from '../pods/container-log.ts';
import { containersOf, type Pod } from '../pods/containers.ts';
import { workloadOf } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** Where a program is told to listen on the loopback address only: `object` holds the text. */
export interface LoopbackSetting {
  object: ObjectRef;
  path: string;
  text: string;
}

/** What a container said in its log about where it listens. */
export interface Listening {
  container: string;
  port: number;
  loopback: boolean;
  fact: LogFact;
}

const loopback = String.raw`(?:127\.0\.0\.1|localhost|\[::1\]|::1)(?![\w.-])`;
/** Options and settings that say where to listen: `--bind 127.0.0.1`, `-b 127.0.0.1:8000`, `listen_addresses = 'localhost'`, `("127.0.0.1", 8000)`. */
const words = new RegExp(
  String.raw`(?:bind|listen|host|addr|interface|\s-b|\s-H)[\w.-]*["']?[\s=:,]*["'\[]?(?:https?:\/\/|tcp:\/\/)?${loopback}|\(["']${loopback}["'],\s*\d`,
  'i',
);
const value = new RegExp(`^(?:https?://|tcp://)?${loopback}`, 'i');
const anywhere = new RegExp(loopback, 'i');
const listenName = /HOST|BIND|LISTEN|ADDR|INTERFACE/i;

/** The first setting of a pod's containers that keeps it on the loopback address; null where none is seen. */
export function loopbackSetting(pod: Pod, view: ClusterView): LoopbackSetting | null {
  const { ref, spec, path } = workloadOf(pod, view);
  for (const [index, container] of spec.containers.entries()) {
    const found = inContainer(container, ref, `${path}.containers[${index}]`, view);
    if (found !== null) return found;
  }
  return inFiles(pod, view);
}

function inContainer(container: Container, object: ObjectRef, path: string, view: ClusterView): LoopbackSetting | null {
  for (const field of ['command', 'args'] as const) {
    const list = container[field] ?? [];
    const match = words.exec(` ${list.join(' ')}`);
    const index = list.findIndex((word) => anywhere.test(word));
    if (match !== null) return { object, path: `${path}.${field}${index < 0 ? '' : `[${index}]`}`, text: match[0].trim() };
  }
  const variables = [...(container.env ?? []).entries()].filter(([, { name }]) => listenName.test(name));
  for (const [index, variable] of variables) {
    const found = textOf(variable, object, `${path}.env[${index}].value`, view);
    if (found !== null && value.test(found.text)) return { ...found, text: `${variable.name}=${found.text}` };
  }
  return null;
}

function textOf(variable: EnvVar, object: ObjectRef, path: string, view: ClusterView): LoopbackSetting | null {
  const ref = variable.valueFrom?.configMapKeyRef;
  if (ref === undefined) return { object, path, text: variable.value ?? '' };
  const source = view.get('ConfigMap', object.namespace, ref.name ?? '');
  return source === undefined ? null : { object: refOf(source), path: `data["${ref.key}"]`, text: source.data?.[ref.key] ?? '' };
}

function inFiles(pod: Pod, view: ClusterView): LoopbackSetting | null {
  for (const volume of pod.spec?.volumes ?? []) {
    const source = volume.configMap?.name === undefined ? undefined : view.get('ConfigMap', pod.metadata.namespace ?? null, volume.configMap.name);
    for (const [key, text] of Object.entries(source?.data ?? {})) {
      const match = words.exec(text);
      if (source !== undefined && match !== null) return { object: refOf(source), path: `data["${key}"]`, text: match[0].trim() };
    }
  }
  return null;
}

/** What the pod's running containers last said of where they listen. */
export function listeningOf(pod: Pod, view: ClusterView): Listening[] {
  const running = containersOf(pod).filter(({ init, status }) => !init && status?.state?.running !== undefined);
  return running.flatMap(({ name }) =>
    factsOf(containerLog(pod, name, view)?.reading.facts ?? [], 'listening').map((fact) => ({
      container: name,
      port: fact.claim.port,
      loopback: anywhere.test(fact.line) && !/0\.0\.0\.0|\[::\]/.test(fact.line),
      fact,
    })),
  );
}
