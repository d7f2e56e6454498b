import { AppError, builtInKinds, groupOf, type KubeObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess, ClusterSnapshot } from '../access/cluster-access.ts';
import { collectSnapshot } from '../collect/collect-snapshot.ts';
import { isBuiltInKind } from '../discovery/resource-kinds.ts';
import type { EvidenceAnswer, EvidenceReader } from '../evidence/evidence.ts';
import { redactObject } from '../redaction/redact-object.ts';
import { redactText } from '../redaction/redact-text.ts';
import { ConcurrencyLimit } from '../transport/concurrency-limit.ts';
import { bundleContent, coverageKey, recordEvidence } from './bundle-content.ts';
import type { BundleContent, RecordedLog } from './bundle-format.ts';
import { type FailingContainer, failingContainers } from './failing-containers.ts';

export interface BundleOptions {
  /** Those to record; none: all. */
  namespaces: readonly string[];
  /** Looks at the snapshot and asks the diagnosis' questions once, so that the recording can answer them again. What it throws ends the recording. */
  ask(snapshot: ClusterSnapshot, evidence: EvidenceReader): Promise<unknown>;
  signal: AbortSignal;
}

const everyBuiltInKind = Object.keys(builtInKinds).filter(isBuiltInKind);
/** Measured anew all the time, or a second view of what is recorded already. */
const leftOut: readonly string[] = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io', 'events.k8s.io'];
/** Custom resources of one kind beyond this are told in the coverage and left out. */
const mostOfAKind = 5_000;
const logLines = 1_000;
const mostLogs = 500;
const readsAtOnce = 8;

/**
 * Everything that a bundle holds of a cluster: the objects of all kinds that can be listed, the answers to the
 * diagnosis' questions, and the logs of failing containers; without values of Secrets and without what looks like one.
 * What can't be read is coverage. Throws as `collectSnapshot`.
 */
export async function collectBundle(access: ClusterAccess, { namespaces, ask, signal }: BundleOptions): Promise<BundleContent> {
  const scope = namespaces.length === 0 ? null : namespaces;
  const { reader, answers } = recordEvidence(access.evidence);
  const snapshot = await collectSnapshot(access, { kinds: everyBuiltInKind, namespaces: scope, signal });
  await ask(snapshot, reader);
  const kinds = (await access.kinds(signal)).filter((kind) => !leftOut.includes(groupOf(kind.apiVersion)));
  const read = new Set(snapshot.customKinds.filter(({ coverage }) => coverage === 'read').map(coverageKey));
  const others = await readOtherKinds(
    access,
    kinds.filter((kind) => !read.has(coverageKey(kind))),
    scope,
    signal,
  );
  const logs = await readLogs(access, failingContainers(snapshot.objects), signal);
  const content = bundleContent({ access, snapshot, kinds, evidence: answers, logs });
  const kept = content.objects.filter((object) => isBuiltInObject(object) || read.has(coverageKey(object)));
  return redactContent({ ...content, objects: [...kept, ...others.objects], coverage: { ...content.coverage, ...others.coverage } });
}

async function readOtherKinds(access: ClusterAccess, kinds: readonly ResourceKind[], namespaces: readonly string[] | null, signal: AbortSignal) {
  const limit = new ConcurrencyLimit(readsAtOnce);
  const wanted = kinds.filter((kind) => coverageKey(kind) !== kind.kind);
  const readings = await Promise.all(wanted.map((kind) => limit.run(signal, () => readOtherKind(access, kind, namespaces, signal))));
  return {
    objects: readings.flatMap(({ items }) => items),
    coverage: Object.fromEntries(readings.map(({ kind, coverage }) => [coverageKey(kind), coverage])),
  };
}

function isBuiltInObject(object: KubeObject): boolean {
  return coverageKey(object) === object.kind;
}

interface OtherReading {
  kind: ResourceKind;
  items: KubeObject[];
  coverage: BundleContent['coverage'][string];
}

async function readOtherKind(access: ClusterAccess, kind: ResourceKind, namespaces: readonly string[] | null, signal: AbortSignal): Promise<OtherReading> {
  const items: KubeObject[] = [];
  try {
    for (const scope of kind.namespaced && namespaces !== null ? namespaces.map((namespace) => ({ namespace })) : [{}]) {
      for await (const page of access.list(kind, { ...scope, signal })) {
        items.push(...page.items);
        if (items.length > mostOfAKind) {
          return { kind, items: items.slice(0, mostOfAKind), coverage: { state: 'read', reason: `Only the first ${mostOfAKind} were recorded.` } };
        }
      }
    }
    return { kind, items, coverage: { state: 'read', reason: null } };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (signal.aborted) throw error;
    return { kind, items: [], coverage: { state: error.code === 'FORBIDDEN' ? 'forbidden' : 'failed', reason: error.message } };
  }
}

/** A log that can't be read is left out: the recording says of it that it was not recorded. */
async function readLogs(access: ClusterAccess, failing: readonly FailingContainer[], signal: AbortSignal): Promise<RecordedLog[]> {
  const limit = new ConcurrencyLimit(readsAtOnce);
  const read = async (container: FailingContainer): Promise<RecordedLog[]> => {
    try {
      return [{ ...container, lines: await access.log({ ...container, lines: logLines, signal }) }];
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof AppError) return [];
      throw thrown;
    }
  };
  return (await Promise.all(failing.slice(0, mostLogs).map((container) => limit.run(signal, () => read(container))))).flat();
}

function redactContent(content: BundleContent): BundleContent {
  return {
    ...content,
    objects: content.objects.map((object) => redactObject(object)),
    logs: content.logs.map((log) => ({ ...log, lines: log.lines.map((line) => redactText(line)) })),
    evidence: Object.fromEntries(Object.entries(content.evidence).map(([key, answer]) => [key, redactAnswer(answer)])),
  };
}

function redactAnswer(answer: EvidenceAnswer): EvidenceAnswer {
  if (answer.state !== 'answered' || answer.need !== 'log') return answer;
  return { ...answer, value: answer.value.map((line) => ({ ...line, text: redactText(line.text) })) };
}
