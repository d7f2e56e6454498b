import { once } from 'node:events';
import { AppError, groupOf, type KubeObject, type ResourceKind, refOf } from '@quarterdeck/contract';
import type { ClusterAccess, ClusterVersion, ListOptions, ListPage, LogRequest, WatchEvent, WatchOptions } from '../access/cluster-access.ts';
import { type EvidenceAnswer, type EvidenceReader, type EvidenceRequest, evidenceKey } from '../evidence/evidence.ts';
import { parseLogLine } from '../evidence/log-line.ts';
import { abortError } from '../transport/connection-error.ts';
import { coverageKey } from './bundle-content.ts';
import type { BundleContent } from './bundle-format.ts';
import { matchesSelectors } from './selectors.ts';

/** A cluster as it was at one moment. It answers as a live one does, and says so where something was not recorded. */
export class RecordedCluster implements ClusterAccess {
  readonly id: string;
  readonly server: string | null;
  readonly recordedAt: string;
  readonly namespaces: readonly string[] | null;
  readonly api = null;
  readonly evidence: EvidenceReader;
  private readonly content: BundleContent;
  private readonly byKind = new Map<string, KubeObject[]>();
  private readonly answers: ReadonlyMap<string, EvidenceAnswer>;

  constructor(id: string, content: BundleContent) {
    this.id = id;
    this.content = content;
    this.server = content.meta.server;
    this.recordedAt = content.meta.takenAt;
    this.namespaces = content.meta.namespaces;
    this.answers = new Map(Object.entries(content.evidence));
    this.evidence = { read: async (request, signal) => this.answer(request, signal) };
    for (const object of content.objects) {
      const key = kindKey(object);
      const same = this.byKind.get(key);
      if (same === undefined) this.byKind.set(key, [object]);
      else same.push(object);
    }
  }

  async version(signal: AbortSignal): Promise<ClusterVersion> {
    refuseAborted(signal);
    if (this.content.meta.version === null) throw notRecorded('the version of the cluster');
    return this.content.meta.version;
  }

  async kinds(signal: AbortSignal): Promise<ResourceKind[]> {
    refuseAborted(signal);
    return this.content.kinds;
  }

  async *list(kind: ResourceKind, options: ListOptions): AsyncGenerator<ListPage> {
    refuseAborted(options.signal);
    this.refuseUnread(kind);
    yield { items: this.objectsOf(kind, options).filter((object) => matchesSelectors(object, options)), resourceVersion: '1' };
  }

  async *watch(_kind: ResourceKind, options: WatchOptions): AsyncGenerator<WatchEvent> {
    refuseAborted(options.signal);
    yield { type: 'bookmark', resourceVersion: options.resourceVersion };
    // Nothing happens in a recording; the stream stays open as a quiet one of a live cluster would.
    if (!options.signal.aborted) await once(options.signal, 'abort');
    throw abortError(options.signal);
  }

  async get(kind: ResourceKind, namespace: string | null, name: string, signal: AbortSignal): Promise<KubeObject> {
    refuseAborted(signal);
    this.refuseUnread(kind);
    const found = this.objectsOf(kind, namespace === null ? {} : { namespace }).find((object) => object.metadata.name === name);
    if (found === undefined) throw new AppError('NOT_FOUND', `This recording has no ${kind.kind} ${namespace === null ? '' : `${namespace}/`}${name}.`);
    return found;
  }

  async log(request: LogRequest): Promise<string[]> {
    refuseAborted(request.signal);
    const lines = this.recordedLines(request);
    if (lines === null) throw notRecorded(`the log of container ${request.container} of ${request.namespace}/${request.pod}`);
    return lines;
  }

  /** Nothing is held but memory. */
  async close(): Promise<void> {
    this.byKind.clear();
  }

  private objectsOf(kind: ResourceKind, scope: { namespace?: string }): KubeObject[] {
    const all = this.byKind.get(kindKey(kind)) ?? [];
    return kind.namespaced && scope.namespace !== undefined ? all.filter((object) => refOf(object).namespace === scope.namespace) : all;
  }

  /** What was refused while recording is refused again, so that coverage says the same as then. */
  private refuseUnread(kind: ResourceKind): void {
    if (this.byKind.has(kindKey(kind))) return;
    const key = coverageKey(kind);
    const coverage = Object.hasOwn(this.content.coverage, key) ? this.content.coverage[key] : undefined;
    if (coverage?.state === 'read') return;
    if (coverage?.state === 'forbidden')
      throw new AppError('FORBIDDEN', coverage.reason ?? `You may not list ${kind.plural}.`, { hint: 'Whoever made this recording lacked the right.' });
    if (coverage?.state === 'failed') throw new AppError('CLUSTER_ERROR', coverage.reason ?? `${kind.plural} could not be listed when this was recorded.`);
    throw notRecorded(kind.plural);
  }

  private recordedLines(request: Omit<LogRequest, 'signal'>): string[] | null {
    const { namespace, pod, container, previous, lines } = request;
    const log = this.content.logs.find((one) => one.namespace === namespace && one.pod === pod && one.container === container && one.previous === previous);
    return log === undefined ? null : log.lines.slice(Math.max(0, log.lines.length - lines));
  }

  private answer(request: EvidenceRequest, signal: AbortSignal): EvidenceAnswer {
    refuseAborted(signal);
    const recorded = this.answers.get(evidenceKey(request));
    if (recorded !== undefined && (recorded.state !== 'answered' || recorded.need === request.need)) return recorded;
    const lines = request.need === 'log' ? this.recordedLines(request) : null;
    if (lines !== null) return { state: 'answered', need: 'log', value: lines.map(parseLogLine) };
    return { state: 'refused', reason: 'This was not recorded.' };
  }
}

function kindKey(named: { apiVersion: string; kind: string }): string {
  return `${groupOf(named.apiVersion)}|${named.kind}`;
}

function notRecorded(what: string): AppError {
  return new AppError('UNSUPPORTED', `This recording does not contain ${what}.`, { hint: 'Look at the live cluster, or record it again.' });
}

function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortError(signal);
}
