import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { templateContainer, Workload } from './workload.ts';

/** A setting of a container, with the object and the field that hold its value. */
export interface PlacedValue {
  /** The environment variable, or the key inside a mounted file. */
  name: string;
  value: string;
  holder: ObjectRef;
  path: string;
}

type TemplateContainer = NonNullable<ReturnType<typeof templateContainer>>;

/** Every setting that can be read: literal variables, those from ConfigMaps, and lines of mounted ConfigMaps. Never of Secrets. */
export function valuesOf(workload: Workload, container: TemplateContainer, view: ClusterView): PlacedValue[] {
  return [
    ...literals(workload, container),
    ...fromKeys(workload, container, view),
    ...fromWhole(workload, container, view),
    ...fromFiles(workload, container, view),
  ];
}

function literals(workload: Workload, { spec, path }: TemplateContainer): PlacedValue[] {
  return (spec.env ?? []).flatMap(({ name, value }, index) =>
    value === undefined || value === '' ? [] : [{ name, value, holder: workload.ref, path: `${path}.env[${index}].value` }],
  );
}

function fromKeys(workload: Workload, { spec }: TemplateContainer, view: ClusterView): PlacedValue[] {
  return (spec.env ?? []).flatMap(({ name, valueFrom }) => {
    const reference = valueFrom?.configMapKeyRef;
    const data = dataOf(reference?.name, workload, view);
    const value = reference === undefined ? undefined : data[reference.key];
    return reference?.name === undefined || value === undefined ? [] : [placed(name, value, reference.name, reference.key, workload)];
  });
}

function fromWhole(workload: Workload, { spec }: TemplateContainer, view: ClusterView): PlacedValue[] {
  return (spec.envFrom ?? []).flatMap(({ configMapRef, prefix }) => {
    const name = configMapRef?.name;
    if (name === undefined) return [];
    return Object.entries(dataOf(name, workload, view)).map(([key, value]) => placed(`${prefix ?? ''}${key}`, value, name, key, workload));
  });
}

const setting = /^\s*"?([A-Za-z][\w.-]*)"?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^\s#,;{[][^#,;]*?))\s*[,;]?\s*(?:#.*)?$/;

function fromFiles(workload: Workload, { spec }: TemplateContainer, view: ClusterView): PlacedValue[] {
  const mounted = new Set((spec.volumeMounts ?? []).map(({ name }) => name));
  const names = (workload.spec.volumes ?? []).flatMap(({ name, configMap }) => (mounted.has(name) && configMap?.name !== undefined ? [configMap.name] : []));
  return [...new Set(names)].flatMap((name) =>
    Object.entries(dataOf(name, workload, view)).flatMap(([key, text]) =>
      text.split('\n').flatMap((line) => {
        const [, setTo, double, single, bare] = setting.exec(line) ?? [];
        const value = double ?? single ?? bare;
        return setTo === undefined || value === undefined || value === '' ? [] : [placed(setTo, value, name, key, workload)];
      }),
    ),
  );
}

function placed(name: string, value: string, configMap: string, key: string, workload: Workload): PlacedValue {
  return { name, value: value.trim(), holder: refTo('ConfigMap', workload.ref.namespace, configMap), path: `data["${key}"]` };
}

function dataOf(name: string | undefined, workload: Workload, view: ClusterView): Readonly<Record<string, string>> {
  return name === undefined ? {} : (view.get('ConfigMap', workload.ref.namespace, name)?.data ?? {});
}
