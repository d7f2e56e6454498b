import { recordAct } from '@quarterdeck/cluster';
import { type ActLog, refTo } from '@quarterdeck/contract';
import { isRecord, type KubeRecord } from '../print/kube-text.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

export function isSecret({ apiVersion, kind }: KubeRecord): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}

/** A Secret with its keys, and nothing in place of their values. */
export function withoutValues(object: KubeRecord): KubeRecord {
  if (!isSecret(object)) return object;
  const { data, metadata } = object;
  const blank = isRecord(data) ? { data: Object.fromEntries(Object.keys(data).map((key) => [key, ''])) } : {};
  return { ...object, ...blank, ...(isRecord(metadata) ? { metadata: withoutCopy(metadata) } : {}) };
}

function withoutCopy(metadata: KubeRecord): KubeRecord {
  if (!isRecord(metadata.annotations) || metadata.annotations[lastApplied] === undefined) return metadata;
  const { [lastApplied]: _copy, ...annotations } = metadata.annotations;
  return { ...metadata, annotations };
}

/** Writes down that the values of Secrets are shown to the person at the terminal. Throws STORAGE_UNAVAILABLE: then they are not. */
export async function recordShown(acts: ActLog, objects: readonly KubeRecord[]): Promise<void> {
  for (const object of objects.filter(isSecret)) {
    const { name, namespace } = isRecord(object.metadata) ? object.metadata : {};
    const keys = isRecord(object.data) ? Object.keys(object.data) : [];
    const draft = {
      action: 'secret.reveal' as const,
      target: refTo('Secret', String(namespace), String(name)),
      input: { keys },
      kubectl: `kubectl get secret ${String(name)} -n ${String(namespace)} -o yaml`,
    };
    await recordAct(acts, draft, async () => undefined);
  }
}
