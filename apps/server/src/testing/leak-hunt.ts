import { gunzipSync } from 'node:zlib';
import { type ClientFrame, clientFrameSchema, type KubeObject, type RouteDescriptor, seesAll } from '@quarterdeck/contract';
import type { ClusterSource } from '../clusters/cluster-source.ts';
import { anonymous, localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { LiveConnection } from '../live/live-connection.ts';
import type { Tool } from '../mcp/define-tool.ts';
import { type Choices, generateInput } from './generate-input.ts';
import { connectMcp } from './mcp-client.ts';
import { type TestApp, testApp, testPort } from './test-app.ts';

/** What there is to be asked about, and what of it may reach nobody who does not see it. */
export interface Hunted {
  cluster: string;
  objects(): readonly KubeObject[];
  /** Words of hidden objects, without those that visible ones say themselves. */
  hiddenFrom(actor: Actor): readonly string[];
}

export interface HuntOptions {
  source: ClusterSource;
  hunted: Hunted;
  /** By the name that the report uses. */
  actors: Readonly<Record<string, Actor>>;
  /** Calls of each route and tool. */
  rounds: number;
}

/** `text` is the whole answer: headers and body. */
export interface HuntAnswer {
  status: number;
  body: string;
  text: string;
}

export const everybody: Actor = { ...localPerson, id: 'everybody', policy: seesAll };

/** Milliseconds that a call may take; what streams is cut off. */
const patience = 2_500;
const streamed = 300;
const toolPatience = 5_000;

/** Asks a workbench whatever can be asked, and looks for words in the answers that must not be there. */
export class LeakHunt {
  readonly counts = { calls: 0, answered: 0, toolCalls: 0, frames: 0 };
  readonly test: TestApp;
  private readonly options: HuntOptions;
  /** What was asked for so far, by actor: their own acts repeat it. */
  private readonly asked = new Map<string, string>();

  constructor(test: TestApp, options: HuntOptions) {
    this.test = test;
    this.options = options;
  }

  /** What was found of what is hidden, with the answer that it was in; empty where nothing was. */
  async route(name: string, route: RouteDescriptor): Promise<string[]> {
    const found: string[] = [];
    const [random, issues, hidden] = [randomFrom(`${name} ${route.id}`), await this.issues(), this.hidden(name)];
    for (let round = 0; round < this.options.rounds; round += 1) {
      const input = generateInput(route.input, this.choices(random, issues));
      const { status, text } = await this.call(name, route, Object.assign({}, input));
      found.push(...this.leaks(name, input, text, hidden));
      this.counts.calls += 1;
      if (status === 200) this.counts.answered += 1;
    }
    return found;
  }

  /** Over the protocol, as an agent of theirs would call it. */
  async tool(name: string, tool: Tool): Promise<string[]> {
    const found: string[] = [];
    const [random, issues, hidden] = [randomFrom(`${name} ${tool.name}`), await this.issues(), this.hidden(name)];
    const client = await connectMcp(this.test.services, { ...this.actor(name), kind: 'agent' });
    for (let round = 0; round < this.options.rounds; round += 1) {
      const input = generateInput(tool.input, this.choices(random, issues));
      const { text } = await client.call(tool.name, input, AbortSignal.timeout(toolPatience));
      found.push(...this.leaks(name, input, text, hidden));
      this.counts.toolCalls += 1;
    }
    await client.close();
    return found;
  }

  /** Subscribes to everything there is while `stir` changes it. */
  async live(name: string, stir: () => Promise<void>): Promise<string[]> {
    const hidden = this.hidden(name);
    const frames: string[] = [];
    const connection = new LiveConnection({ bufferedAmount: 0, send: (data) => void frames.push(data) }, this.actor(name), this.test.services);
    const wanted = subscriptions(this.options.hunted.objects(), await this.issues());
    // What can't be opened yet (the log of a pod that waits) must not hold up the rest.
    const opening = Promise.allSettled(wanted.map((frame) => connection.receive(JSON.stringify(frame))));
    await stir();
    connection.close();
    await opening;
    this.counts.frames += frames.length;
    return frames.flatMap((frame) => this.leaks(name, wanted, frame, hidden));
  }

  async call(name: string, { method, path, streams, upload }: RouteDescriptor, input: Record<string, unknown>): Promise<HuntAnswer> {
    const inPath = path.match(/:\w+/g)?.map((part) => part.slice(1)) ?? [];
    const filled = inPath.reduce((url, part) => url.replace(`:${part}`, encodeURIComponent(String(input[part] ?? 'x'))), path);
    const rest = Object.entries(input).filter(([key, value]) => !inPath.includes(key) && value !== undefined && value !== null);
    const inQuery = method === 'GET' || upload === true;
    const query = inQuery ? `?${new URLSearchParams(rest.map(([key, value]): [string, string] => [key, String(value)]))}` : '';
    const sent = inQuery ? {} : { body: JSON.stringify(Object.fromEntries(rest)) };
    const headers = { host: `127.0.0.1:${testPort}`, 'x-test-actor': name, 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(streams === undefined ? patience : streamed);
    try {
      const response = await this.test.app.request(`${filled}${query}`, { method, headers, signal, ...sent });
      const body = await textOf(response);
      return { status: response.status, body, text: JSON.stringify([...response.headers]) + body };
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      return { status: 0, body: '', text: '' };
    }
  }

  /** Ids of every issue there is, also of those that nobody here may see. */
  async issues(): Promise<string[]> {
    const { feed, release } = await this.test.services.clusters.seenBy({ actor: everybody }).get(undefined).holdIssues();
    await feed.ready(AbortSignal.timeout(60_000));
    const ids = feed.issues().map(({ id }) => id);
    release();
    return ids;
  }

  async close(): Promise<void> {
    this.test.services.alerts.close();
    await this.test.services.clusters.close();
  }

  private actor(name: string): Actor {
    return this.options.actors[name] ?? anonymous;
  }

  private hidden(name: string): readonly string[] {
    return this.options.hunted.hiddenFrom(this.actor(name));
  }

  private leaks(name: string, input: unknown, text: string, hidden: readonly string[]): string[] {
    const question = `${this.asked.get(name) ?? ''}${JSON.stringify(input)}`;
    this.asked.set(name, question);
    const words = hidden.filter((word) => text.includes(word) && !question.includes(word));
    return words.length === 0 ? [] : [`${words.join(' ')}: ${JSON.stringify(input)} → ${text}`];
  }

  /** Texts that make a call meet something: mostly of one object, of whomever. */
  private choices(random: () => number, issues: readonly string[]): Choices {
    const { cluster, objects } = this.options.hunted;
    const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
    const target = pick(objects());
    const texts: Record<string, () => string | undefined> = {
      cluster: () => cluster,
      namespace: () => target?.metadata.namespace,
      namespaces: () => pick(objects())?.metadata.namespace,
      kind: () => target?.kind,
      apiVersion: () => target?.apiVersion,
      node: () => objects().find(({ kind }) => kind === 'Node')?.metadata.name,
      id: () => pick(issues),
      issueId: () => pick(issues),
      filter: () => pick(['', 'web', 'ns:north', '-l app', 'restarts>0', '/[a-z]/']),
      search: () => pick(['', 'web', 'back']),
      sort: () => pick(['', 'name', '-age', '-age,name', 'label:app']),
      labels: () => pick(['app', 'app,tier']),
      of: () => pick(['name', 'namespace', 'labels', 'label:app']),
      container: () => 'app',
      path: () => '/etc',
      text: () => JSON.stringify(target),
      reason: () => 'because',
    };
    return { random, text: (field) => texts[field]?.() ?? target?.metadata.name ?? 'default' };
  }
}

/** A workbench over a cluster, and whoever is named in a header asks. */
export async function openLeakHunt(options: HuntOptions): Promise<LeakHunt> {
  const actors: Readonly<Record<string, Actor>> = { ...options.actors, everybody };
  const authenticate = async (headers: Headers) => actors[headers.get('x-test-actor') ?? ''] ?? anonymous;
  return new LeakHunt(await testApp([options.source], { authenticate }), options);
}

/** The same numbers for the same words every time. */
function randomFrom(words: string): () => number {
  let state = [...words].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A bundle is packed. */
async function textOf(response: Response): Promise<string> {
  const body = Buffer.from(await response.arrayBuffer());
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body).toString() : body.toString();
}

const mostSubscriptions = 60;

/** One of each type at least, tables of every kind, and logs of pods. */
function subscriptions(objects: readonly KubeObject[], issues: readonly string[]): ClientFrame[] {
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  const namespaces = [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
  const frames = [
    { type: 'subscribeIssues' },
    { type: 'subscribeIssues', state: 'resolved' },
    { type: 'subscribeEvents' },
    { type: 'subscribeAlerts' },
    { type: 'subscribeActions' },
    { type: 'subscribeForwards' },
    { type: 'subscribeClusters' },
    { type: 'subscribeCosts' },
    ...issues.slice(0, 6).map((issue) => ({ type: 'subscribeIssue', issue })),
    ...namespaces.slice(0, 4).map((namespace) => ({ type: 'subscribeIssues', namespace })),
    ...objects
      .flatMap(({ kind, metadata }) => (kind === 'Pod' ? [{ type: 'subscribeLogs', namespace: metadata.namespace, name: metadata.name }] : []))
      .slice(0, 6),
    ...objects.slice(0, 12).map(({ kind, metadata }) => ({ type: 'subscribeObject', kind, namespace: metadata.namespace, name: metadata.name })),
    ...kinds.map((kind) => ({ type: 'subscribeResources', kind, window: { labels: ['app'] } })),
  ];
  return frames.slice(0, mostSubscriptions).map((frame, index) => clientFrameSchema.parse({ ...frame, id: String(index) }));
}
