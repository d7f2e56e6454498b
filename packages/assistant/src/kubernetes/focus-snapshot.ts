import { type IssueDetail, issueTouches, type KubeObject, type ObjectRef, refTo, type TimelineEntry } from '@quarterdeck/contract';
import { type ClusterView, type ObjectEvent, timelineOfObjects } from '@quarterdeck/diagnosis';
import type { Focus } from '../sources/context-source.ts';
import { issuesAbout, type Neighbour, neighboursOf, stateOf } from '../tools/related.ts';
import type { AskedCluster, CheckedCluster } from './asked-cluster.ts';
import { type ClusterFacts, type NamespaceFacts, namespaceFacts, readClusterFacts } from './cluster-facts.ts';
import { type ContainerLogText, readDecisiveLogs } from './decisive-logs.ts';
import { focusObject } from './focus-object.ts';

/** What is known about what a person looks at, at one moment; nothing in it is redacted or cut. */
export interface FocusSnapshot {
  /** ISO 8601. */
  takenAt: string;
  cluster: ClusterFacts;
  namespace: NamespaceFacts | null;
  /** The issues that concern it, the one in focus first. */
  issues: IssueDetail[];
  /** How many more are open. */
  otherIssues: IssueDetail[];
  currentResource: CurrentResource | null;
  /** The newest first. */
  recentChanges: RecentChange[];
  neighbours: Neighbour[];
  /** Of all of it, as it stands here; about. */
  tokenEstimate: number;
  /** `high` where something is broken, `medium` where there is an object with a log or a manifest. */
  priority: 'high' | 'medium' | 'low';
}

export interface CurrentResource {
  ref: ObjectRef;
  /** A few words, `missing` where it does not exist; null where nothing is known. */
  state: string | null;
  manifest: KubeObject | null;
  status: unknown;
  /** Of it, its pods and its owner; warnings first, then the newest. */
  events: ObjectEvent[];
  logs: ContainerLogText[];
}

export interface RecentChange {
  /** ISO 8601. */
  timestamp: string;
  resource: ObjectRef;
  action: 'create' | 'update' | 'delete';
  /** Field manager; null where nobody is named. */
  by: string | null;
  what: string;
}

const charactersPerToken = 4;
const mostIssues = 3;
const mostEvents = 30;
const mostNeighbours = 40;
const mostChanges = 20;

export async function takeFocusSnapshot(cluster: AskedCluster, focus: Focus, signal: AbortSignal): Promise<FocusSnapshot> {
  const checked = await cluster.checked(signal);
  const { view } = checked;
  const wanted = checked.issues.find(({ id }) => id === focus.issueId) ?? null;
  const object = await focusObject(cluster, checked, wanted === null || focus.object !== null ? focus : { ...focus, object: wanted }, signal);
  const issues = issuesFor(checked, { focus, wanted, ref: object?.ref ?? null });
  const name = object?.ref.namespace ?? wanted?.namespace ?? focus.namespace;
  const [facts, logs] = await Promise.all([
    readClusterFacts(cluster, view, signal),
    object === null ? [] : readDecisiveLogs(cluster, view, { ref: object.ref, issue: issues[0] ?? null }, signal),
  ]);
  const snapshot = {
    takenAt: new Date(view.now).toISOString(),
    cluster: facts,
    namespace: name === null ? null : namespaceFacts(view, name),
    issues,
    otherIssues: checked.issues.filter((issue) => !issues.includes(issue)),
    currentResource:
      object === null ? null : { ref: object.ref, state: stateOf(view, object.ref), ...partsOf(object.object), events: eventsAround(view, object.ref), logs },
    recentChanges: changesAround(view, object?.ref ?? null, issues),
    neighbours:
      object === null ? [] : neighboursOf(view, object.ref, { depth: 1, limit: mostNeighbours }).relations.filter(({ relation }) => relation !== 'changes'),
  };
  return {
    ...snapshot,
    priority: priorityOf(issues, snapshot.currentResource),
    // Worked out when it is asked for: the objects are large.
    get tokenEstimate() {
      return Math.ceil(JSON.stringify(snapshot).length / charactersPerToken);
    },
  };
}

/** Those about the object, else those of the namespace, else the worst of all. */
function issuesFor(checked: CheckedCluster, { focus, wanted, ref }: { focus: Focus; wanted: IssueDetail | null; ref: ObjectRef | null }): IssueDetail[] {
  const about = ref === null ? [] : issuesAbout(checked, ref);
  const { namespace } = focus;
  const around = ref === null && namespace !== null ? checked.issues.filter((issue) => issueTouches(issue, namespace)) : [];
  const all = ref === null && namespace === null ? checked.issues : [];
  const found = new Set([...(wanted === null ? [] : [wanted]), ...about, ...around, ...all]);
  return [...found].slice(0, mostIssues);
}

function partsOf(object: KubeObject | null): { manifest: KubeObject | null; status: unknown } {
  if (object === null) return { manifest: null, status: null };
  const status = 'status' in object ? object.status : null;
  return { manifest: withoutNoise(object), status };
}

const noise = ['managedFields', 'resourceVersion', 'generation', 'uid', 'selfLink', 'creationTimestamp'];

/** As a person would have written it. */
function withoutNoise({ apiVersion, kind, metadata, ...rest }: KubeObject): KubeObject {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !noise.includes(key)));
  const fields = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'status'));
  return { apiVersion, kind, metadata: { ...kept, name: metadata.name }, ...fields };
}

function eventsAround(view: ClusterView, ref: ObjectRef): ObjectEvent[] {
  const pods = view.podsOf(ref).map(({ metadata }) => refTo('Pod', metadata.namespace ?? null, metadata.name));
  const owner = view.topOwner(ref);
  const refs = new Map([ref, owner, ...pods].map((each) => [`${each.kind}/${each.name}`, each]));
  const weight = ({ type }: ObjectEvent) => (type === 'Warning' ? 1 : 0);
  return [...refs.values()]
    .flatMap((each) => view.events(each))
    .sort((one, other) => weight(other) - weight(one) || other.at - one.at)
    .slice(0, mostEvents);
}

function changesAround(view: ClusterView, ref: ObjectRef | null, issues: readonly IssueDetail[]): RecentChange[] {
  const own: TimelineEntry[] = ref === null ? [] : timelineOfObjects([ref, view.topOwner(ref)], view.now, view).filter(({ source }) => source === 'change');
  const told = issues.flatMap((issue) => issue.changes);
  const entries = [...own, ...told].map(({ at, object, by, what }): RecentChange => ({ timestamp: at, resource: object, action: actionOf(what), by, what }));
  const unique = new Map(entries.map((entry) => [`${entry.timestamp}|${entry.resource.kind}/${entry.resource.name}|${entry.what}`, entry]));
  return [...unique.values()].sort((one, other) => (one.timestamp < other.timestamp ? 1 : -1)).slice(0, mostChanges);
}

function actionOf(what: string): RecentChange['action'] {
  if (/^created?\b/i.test(what)) return 'create';
  return /^deleted?\b/i.test(what) ? 'delete' : 'update';
}

function priorityOf(issues: readonly IssueDetail[], current: CurrentResource | null): FocusSnapshot['priority'] {
  if (issues.length > 0 || current?.events.some(({ type }) => type === 'Warning') === true) return 'high';
  return current !== null ? 'medium' : 'low';
}
