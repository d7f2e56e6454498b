import { type ObjectRef, refKey } from '@quarterdeck/contract';
import type { Relation, RelationDetail } from '../../model/relation.ts';
import type { ObjectIndex } from '../../view/object-index.ts';
import type { Call, GraphContext } from '../graph-context.ts';
import { type ContainerTexts, containerTexts, mountedTexts, type PlacedText } from '../hosts/container-texts.ts';
import { type HostMention, hostMentions } from '../hosts/host-mentions.ts';
import { type HostLookup, resolveHost } from '../hosts/resolve-host.ts';
import { serviceVariables, serviceVariableValue } from '../hosts/service-variables.ts';
import { selectorMatches } from '../label-selector.ts';
import { type PodTemplate, podTemplateKinds, podTemplateOf } from '../pod-template.ts';
import type { RelationFamily } from '../relation-family.ts';

/**
 * `calls`: what a pod's environment, command, probes, annotations and ConfigMaps name as hosts, where cluster DNS
 * leads to a Service, existing or not. A pod does not call the Service that it is itself behind.
 */
export const callRelations: RelationFamily = {
  id: 'call',
  types: ['calls'],
  kinds: podTemplateKinds,
  describes: 'from',
  edgesOf(object, context): Iterable<Relation> {
    const template = podTemplateOf(object);
    if (template === null) return [];
    const calls = context.calls(templateKey(template), () => callsOf(template, context));
    return calls.map((call) => ({ ...call, from: template.holder }));
  },
};

/** Everything that `callsOf` uses of a template: mounts and names of volumes are left out, as each pod has its own. */
function templateKey({ holder, path, spec, metadata }: PodTemplate): string {
  const containers = [...(spec.initContainers ?? []), null, ...(spec.containers ?? [])].map(
    (container) => container && { ...container, volumeMounts: undefined },
  );
  const volumes = (spec.volumes ?? []).map(({ configMap, projected }) => [configMap?.name, projected?.sources?.map((source) => source.configMap?.name)]);
  return JSON.stringify([holder.kind === 'Pod', holder.namespace, path, containers, volumes, metadata.labels, metadata.annotations]);
}

function callsOf(template: PodTemplate, context: GraphContext): Call[] {
  const { index, lookup } = context;
  const calls = new CallCollector(template, index, lookup);
  for (const container of containerTexts(template, index)) {
    for (const place of container.texts) {
      const text = expanded(place.text, container, calls.namespace, lookup);
      calls.addMentions([...hostMentions(text), ...namedHost(place, text, container, { namespace: calls.namespace, context })], place);
      calls.addVariables(place, container.names);
    }
  }
  for (const place of mountedTexts(template, index)) {
    calls.addMentions(hostMentions(place.text), place);
    calls.addVariables(place, new Set());
  }
  for (const place of annotationTexts(template)) {
    const mentions = hostMentions(place.text).map((mention): HostMention => ({ ...mention, position: 'probable' }));
    calls.addMentions(mentions, place);
  }
  return calls.found();
}

class CallCollector {
  readonly namespace: string;
  readonly #calls = new Map<string, Call>();
  readonly #template: PodTemplate;
  readonly #index: ObjectIndex;
  readonly #lookup: HostLookup;

  constructor(template: PodTemplate, index: ObjectIndex, lookup: HostLookup) {
    this.namespace = template.holder.namespace ?? '';
    this.#template = template;
    this.#index = index;
    this.#lookup = lookup;
  }

  addMentions(mentions: readonly HostMention[], place: PlacedText): void {
    for (const mention of mentions) {
      const target = resolveHost(mention.host, mention.port, this.namespace, this.#lookup);
      if (target === null || target.object.kind !== 'Service') continue;
      if (mention.position === 'certain' || this.#index.find(target.object) !== undefined) this.#add(target.object, target.port, place);
    }
  }

  addVariables(place: PlacedText, ownNames: ReadonlySet<string>): void {
    for (const { service, port } of serviceVariables(place.text, this.namespace, this.#lookup, ownNames)) this.#add(service, port, place);
  }

  /** One edge a place and port; a mention without a port says nothing that one with a port did not. */
  found(): Call[] {
    const calls = [...this.#calls.values()];
    const withPort = new Set(calls.filter((call) => call.detail.port !== undefined).map((call) => `${refKey(call.to)}|${call.path}`));
    return calls.filter((call) => call.detail.port !== undefined || !withPort.has(`${refKey(call.to)}|${call.path}`));
  }

  #add(to: ObjectRef, port: number | null, place: PlacedText): void {
    const key = `${refKey(to)}|${port ?? ''}|${place.path}|${place.holder?.name ?? ''}`;
    if (isBehind(to, this.#template, this.#index) || this.#calls.has(key)) return;
    this.#calls.set(key, { type: 'calls', to, path: place.path, detail: detailOf(port, place) });
  }
}

function detailOf(port: number | null, place: PlacedText): RelationDetail {
  return {
    ...(port === null ? {} : { port }),
    ...(place.container === null ? {} : { container: place.container }),
    ...(place.holder === null ? {} : { holder: place.holder, key: place.path.slice('data["'.length, -2) }),
  };
}

/** Variables replaced by what they stand for, as the kubelet and the shell would; unknown ones stay. */
function expanded(text: string, container: ContainerTexts, namespace: string, lookup: HostLookup, depth = 0): string {
  if (!text.includes('$') || depth > 3) return text;
  return text.replace(/\$(?:\(([A-Za-z_]\w*)\)|\{([A-Za-z_]\w*)(?::-([^}]*))?\}|([A-Za-z_]\w*))/g, (whole, ...groups: (string | undefined)[]) => {
    const [inParentheses, inBraces, fallback, bare] = groups;
    const name = inParentheses ?? inBraces ?? bare ?? '';
    const own = container.env.get(name);
    if (own !== undefined) return expanded(own, container, namespace, lookup, depth + 1);
    return serviceVariableValue(name, namespace, lookup) ?? fallback ?? whole;
  });
}

const hostSuffix = /^(.*?)(HOST|HOSTNAME|ADDR|ADDRESS|SERVER)$/i;
const hostLike = /HOST|ADDR|SERVER|URL|URI|ENDPOINT|UPSTREAM|BACKEND|BROKER|TARGET|SERVICE|NODES|SEED|PEER|MASTER|PRIMARY/i;

/** Where a host is named: in a namespace of a cluster. */
interface NamedIn {
  namespace: string;
  context: GraphContext;
}

/** `DB_HOST: db` names a host because of its name; with `DB_PORT` beside it, or where a Service is called almost so, even if none is called so. */
function namedHost(place: PlacedText, text: string, container: ContainerTexts, { namespace, context }: NamedIn): HostMention[] {
  if (!hostLike.test(place.name)) return [];
  const beside = place.name.replace(hostSuffix, '$1PORT');
  const port = beside === place.name ? 0 : Number(container.env.get(beside));
  const hosts = text.split(/[\s,;]+/).filter((host) => /^[a-z]([a-z0-9.-]*[a-z0-9])?$/.test(host) && host !== 'localhost');
  const isSure = (host: string) => port > 0 || (!isService(host, namespace, context.lookup) && context.isAlmostService(host));
  return hosts.map((host) => ({ host, port: port > 0 ? port : null, position: isSure(host) ? 'certain' : 'probable' }));
}

/** What exists counts wherever it is named: nothing like it has to be looked for. */
function isService(host: string, namespace: string, lookup: HostLookup): boolean {
  const target = resolveHost(host, null, namespace, lookup)?.object;
  return target?.kind === 'Service' && lookup.get('Service', target.namespace, target.name) !== undefined;
}

function* annotationTexts(template: PodTemplate): Iterable<PlacedText> {
  const root = template.holder.kind === 'Pod' ? 'metadata' : template.path.replace(/spec$/, 'metadata');
  for (const [name, text] of Object.entries(template.metadata.annotations ?? {})) {
    if (name.startsWith('kubectl.kubernetes.io/')) continue;
    yield { text, name, path: `${root}.annotations["${name}"]`, container: null, holder: null };
  }
}

function isBehind(to: ObjectRef, template: PodTemplate, index: ObjectIndex): boolean {
  const selector = index.get('Service', to.namespace, to.name)?.spec?.selector;
  if (selector === undefined || Object.keys(selector).length === 0 || to.namespace !== template.holder.namespace) return false;
  return selectorMatches({ matchLabels: selector }, template.metadata.labels);
}
