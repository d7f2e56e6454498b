import { type BuiltInKind, type ObjectRef, refTo } from '@quarterdeck/contract';
import type { Container } from 'kubernetes-types/core/v1.js';

const kinds: Readonly<Record<string, BuiltInKind>> = {
  job: 'Job',
  pod: 'Pod',
  po: 'Pod',
  deployment: 'Deployment',
  deploy: 'Deployment',
  statefulset: 'StatefulSet',
  sts: 'StatefulSet',
  daemonset: 'DaemonSet',
  ds: 'DaemonSet',
  secret: 'Secret',
  configmap: 'ConfigMap',
  cm: 'ConfigMap',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  pvc: 'PersistentVolumeClaim',
};

const named = /(?:^|[\s"'=])([a-z]+?)s?(?:\.(?:batch|apps|v1)[a-z0-9.]*)?[/ ]([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?=$|[\s"';)&|])/g;

/** Objects that a container's command asks the API for: `kubectl wait job/migrate`, or the arguments of k8s-wait-for. */
export function awaitedObjects({ command, args, image }: Container, namespace: string): ObjectRef[] {
  const words = [...(command ?? []), ...(args ?? [])].join(' ');
  if (!/\bkubectl\b|\boc\b|wait_for\.sh/.test(words) && !/wait-for/.test(image ?? '')) return [];
  const elsewhere = /(?:-n|--namespace)[= ]+([a-z0-9-]+)/.exec(words)?.[1];
  return [...words.matchAll(named)].flatMap(([, type = '', name = '']) => {
    const kind = kinds[type];
    return kind === undefined ? [] : [refTo(kind, elsewhere ?? namespace, name)];
  });
}
