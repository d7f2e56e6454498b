import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { Container, EnvVar } from 'kubernetes-types/core/v1.js';
import type { ClusterView } from '../../view/cluster-view.ts';
import { containersOf, type PodTemplate } from '../pod-template.ts';

/** A text that a pod's programs see, with the place it stands at. */
export interface PlacedText {
  text: string;
  /** The name it goes by: an environment variable's, a ConfigMap key's; empty for commands. */
  name: string;
  path: string;
  container: string | null;
  /** The ConfigMap that the text is in; null where it is in the pod itself. */
  holder: ObjectRef | null;
}

/** The part of a view, or of an index, that texts are read from. */
export type TextSource = Pick<ClusterView, 'get'>;

export interface ContainerTexts {
  /** Variables with values that can be seen; those from Secrets are not among them. */
  env: ReadonlyMap<string, string>;
  /** Every variable that the container sets, with or without a value that can be seen. */
  names: ReadonlySet<string>;
  texts: PlacedText[];
}

/** The texts of each container: environment, command, arguments, exec and HTTP probes. */
export function containerTexts(template: PodTemplate, index: TextSource): ContainerTexts[] {
  return [...containersOf(template)].map(({ container, path }) => {
    const environment = environmentOf(container, path, template.holder.namespace, index);
    const place = { container: container.name, holder: null, name: '' };
    const words = [...wordsOf(container, path)].map(([text, at]): PlacedText => ({ ...place, text, path: at }));
    const env = new Map(environment.map((text) => [text.name, text.text]));
    const names = new Set([...env.keys(), ...(container.env ?? []).map((variable) => variable.name)]);
    return { env, names, texts: [...environment, ...words] };
  });
}

/** Later entries win, as in a container: `env` after `envFrom`. */
function environmentOf(container: Container, path: string, namespace: string | null, index: TextSource): PlacedText[] {
  const texts: PlacedText[] = [];
  for (const source of container.envFrom ?? []) {
    const configMap = source.configMapRef?.name === undefined ? undefined : index.get('ConfigMap', namespace, source.configMapRef.name);
    if (configMap !== undefined) texts.push(...dataOf(configMap, container.name).map((text) => ({ ...text, name: `${source.prefix ?? ''}${text.name}` })));
  }
  for (const [i, variable] of (container.env ?? []).entries()) {
    const text = variableText(variable, `${path}.env[${i}]`, namespace, index);
    if (text !== null) texts.push({ ...text, container: container.name });
  }
  return texts;
}

function variableText(variable: EnvVar, path: string, namespace: string | null, index: TextSource): Omit<PlacedText, 'container'> | null {
  if (variable.value !== undefined) return { text: variable.value, name: variable.name, path: `${path}.value`, holder: null };
  const ref = variable.valueFrom?.configMapKeyRef;
  const configMap = ref?.name === undefined ? undefined : index.get('ConfigMap', namespace, ref.name);
  const text = ref === undefined ? undefined : configMap?.data?.[ref.key];
  if (ref === undefined || configMap === undefined || text === undefined) return null;
  return { text, name: variable.name, path: `data["${ref.key}"]`, holder: refOf(configMap) };
}

/** The texts of ConfigMaps that are mounted as files. */
export function* mountedTexts(template: PodTemplate, index: TextSource): Iterable<PlacedText> {
  for (const volume of template.spec.volumes ?? []) {
    const sources = [volume.configMap, ...(volume.projected?.sources ?? []).map((source) => source.configMap)];
    for (const source of sources) {
      const configMap = source?.name === undefined ? undefined : index.get('ConfigMap', template.holder.namespace, source.name);
      if (configMap !== undefined) yield* dataOf(configMap, null);
    }
  }
}

/** The texts of a ConfigMap by key. */
function dataOf(configMap: KindTypes['ConfigMap'], container: string | null): PlacedText[] {
  return Object.entries(configMap.data ?? {}).map(([key, text]) => ({ text, name: key, path: `data["${key}"]`, container, holder: refOf(configMap) }));
}

function* wordsOf(container: Container, path: string): Iterable<[text: string, path: string]> {
  yield* joined(container.command, `${path}.command`);
  yield* joined(container.args, `${path}.args`);
  for (const kind of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const) {
    yield* joined(container[kind]?.exec?.command, `${path}.${kind}.exec.command`);
    const http = container[kind]?.httpGet;
    if (http?.host) yield [`http://${http.host}:${http.port}`, `${path}.${kind}.httpGet.host`];
  }
}

/** Words are read together, so that `--host db` and `db 5432` are seen; the place is the word that is the script or the first one. */
function* joined(words: string[] | undefined, path: string): Iterable<[text: string, path: string]> {
  if (words === undefined || words.length === 0) return;
  const script = words.findIndex((word) => word.includes('\n') || /\s/.test(word));
  yield [words.join(' '), script < 0 ? path : `${path}[${script}]`];
}
