import type { EvidenceAnswer, EvidenceRequest } from '@quarterdeck/cluster';
import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { ObjectGraph } from '../graph/object-graph.ts';
import { equalValues } from '../incremental/equal-values.ts';
import type { Memo } from '../incremental/memo.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { AddressIndex } from './address-index.ts';
import type { CoverageBook } from './coverage-book.ts';
import type { EventIndex } from './event-index.ts';
import type { EvidenceBook } from './evidence-book.ts';
import type { FindingIndex } from './finding-index.ts';
import type { ObjectIndex } from './object-index.ts';
import type { Ownership } from './ownership.ts';
import type { RuleView } from './rule-view.ts';
import type { RunningImages } from './running-images.ts';

export interface ViewInput {
  tracker: Tracker;
  index: ObjectIndex;
  coverage: CoverageBook;
  evidence: EvidenceBook;
  graph: ObjectGraph;
  ownership: Ownership;
  events: EventIndex;
  addresses: AddressIndex;
  images: RunningImages;
  shared: Memo<string | null>;
  findings: FindingIndex;
}

/** The view of a state. What it is asked is noted where the tracker records. */
export function viewOf({ tracker, index, coverage, evidence, graph, ownership, events, addresses, images, shared, findings }: ViewInput): RuleView {
  return {
    get now() {
      return tracker.readNow();
    },
    passed: (at) => tracker.hasPassed(at),
    overTime: (read) => overTime(read, tracker),
    scope: coverage.scope,
    covers: (namespace) => coverage.covers(namespace),
    get: (kind, namespace, name) => index.get(kind, namespace, name),
    list: (kind, namespace) => index.list(kind, namespace),
    names: (kind, namespace) => index.names(kind, namespace),
    at: (address) => addresses.at(address),
    ingressesFor: (host) => addresses.ingressesFor(host),
    runningImages: () => images.all(),
    podsRunning: (image) => images.podsWith(image),
    customKinds: () => coverage.customKinds(),
    listCustom: (group, kind, namespace) => index.listCustom(group, kind, namespace),
    find: (ref) => index.find(ref),
    isMissing: (ref) => (coverage.isReadable(ref) ? index.identityOf(ref) === undefined : isInNoNamespace(ref, index, coverage)),
    coverage: (kind) => coverage.of(kind),
    events: (ref) => events.on(ref),
    outgoing: (ref, type) => graph.outgoing(ref, type),
    incoming: (ref, type) => graph.incoming(ref, type),
    topOwner: (ref) => ownership.topOwner(ref),
    podsOf: (ref) => ownership.podsOf(ref),
    shared: (key, read) => shared.get(key, read),
    ask: (request) => answerTo(evidence.ask(request), request.need),
    findingsOn: (ref, code) => findings.on(ref, code),
    findingsOf: (code) => findings.of(code),
  };
}

/** What lies outside the scope is not read, but in a namespace that does not exist there is nothing. */
function isInNoNamespace({ namespace }: ObjectRef, index: ObjectIndex, coverage: CoverageBook): boolean {
  if (namespace === null || coverage.covers(namespace) || coverage.of('Namespace') !== 'read') return false;
  return index.identityOf(refTo('Namespace', null, namespace)) === undefined;
}

/** What says the same at the end of time as now does not change any more. */
function overTime<T>(read: (now: number) => T, tracker: Tracker): T {
  const inTheEnd = read(Number.MAX_SAFE_INTEGER);
  const current = read(tracker.now);
  if (!equalValues(current, inTheEnd)) tracker.readNow();
  return current;
}

function answerTo<N extends EvidenceRequest['need']>(answer: EvidenceAnswer | undefined, need: N): EvidenceAnswer<N> | undefined {
  if (answer === undefined || isAnswerTo(answer, need)) return answer;
  return { state: 'refused', reason: `The answer was about ${need} and held something else.` };
}

function isAnswerTo<N extends EvidenceRequest['need']>(answer: EvidenceAnswer, need: N): answer is EvidenceAnswer & EvidenceAnswer<N> {
  return answer.state !== 'answered' || answer.need === need;
}
