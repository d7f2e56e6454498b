import { type ReleaseTab, releaseTabs } from '../features/helm/release-tab.ts';
import { type TopologyView, topologyViews } from '../features/topology/topology-view.ts';

/** The part of the URL that every page has. Absent means: the current cluster, all namespaces, no drawer. */
export interface ScopeSearch {
  cluster?: string | undefined;
  /** Names with commas between. */
  ns?: string | undefined;
  /** The object in the drawer, as `objectKey` writes it. */
  open?: string | undefined;
  /** The section of it that is shown; its summary when absent. */
  section?: string | undefined;
  /** How far back charts go: `1h`. */
  range?: string | undefined;
  /** Why a login elsewhere did not end well; on the login page only. */
  failed?: string | undefined;
}

export interface IssuesSearch {
  q?: string | undefined;
  severity?: string | undefined;
  sort?: string | undefined;
  group?: 'namespace' | 'kind' | undefined;
  view?: 'dismissed' | 'resolved' | undefined;
}

export interface ResourcesSearch {
  q?: string | undefined;
  /** Column ids with commas between, `-` in front for descending. */
  sort?: string | undefined;
  /** The columns that are shown, in order; `label:app` for a label. */
  cols?: string | undefined;
}

export interface IssueSearch {
  plan?: 'long' | undefined;
  /** The action that is shown with it. */
  action?: string | undefined;
  /** The one kind of entry that its timeline shows. */
  timeline?: 'change' | 'event' | 'state' | undefined;
}

export interface EventsSearch {
  q?: string | undefined;
  type?: 'Warning' | 'Normal' | undefined;
  reason?: string | undefined;
  /** Kinds and names of the objects that they are about, as the server takes them: `Pod/web-1`. */
  about?: string | undefined;
}

export interface AlertsSearch {
  /** The rule that is edited: its id, or `new`. */
  rule?: string | undefined;
  /** What a new rule begins with: the reason of an event, and its namespace. */
  reason?: string | undefined;
  in?: string | undefined;
}

export interface TerminalSearch {
  /** The id of the shell that is shown. */
  session?: string | undefined;
}

export interface AdviceSearch {
  q?: string | undefined;
  check?: string | undefined;
  severity?: 'low' | 'info' | undefined;
  group?: 'object' | undefined;
  policy?: 'true' | undefined;
}

export interface ObjectSearch {
  /** The section of the page's own object; `section` is the drawer's. */
  view?: string | undefined;
}

export interface HelmSearch {
  q?: string | undefined;
  sort?: string | undefined;
  /** The release beside the list: `namespace/name`. */
  release?: string | undefined;
  tab?: ReleaseTab | undefined;
}

export interface TopologySearch {
  q?: string | undefined;
  view?: TopologyView | undefined;
  /** What is drawn besides: `pods,config`; `none` for nothing. */
  also?: string | undefined;
  trouble?: 'only' | undefined;
}

export interface CreateSearch {
  /** The id of the form that is filled in. */
  template?: string | undefined;
}

export interface CompareSearch {
  /** The two objects, as `objectKey` writes them. */
  a?: string | undefined;
  b?: string | undefined;
  /** Their clusters; the selected one when absent. */
  clusterA?: string | undefined;
  clusterB?: string | undefined;
}

export interface ActionsSearch {
  /** The one that is open. */
  action?: string | undefined;
}

/** A question about rights; none while there is no verb and resource. */
export interface AccessSearch {
  verb?: string | undefined;
  group?: string | undefined;
  resource?: string | undefined;
  namespace?: string | undefined;
  name?: string | undefined;
}

export interface AiRunsSearch {
  /** Words that were sent or answered. */
  q?: string | undefined;
  state?: string | undefined;
  purpose?: string | undefined;
  prompt?: string | undefined;
  model?: string | undefined;
  tool?: string | undefined;
  person?: string | undefined;
  /** How many days back. */
  days?: string | undefined;
  everybody?: 'true' | undefined;
  /** The one that is open. */
  run?: string | undefined;
}

export interface AiCostSearch {
  /** How many days back. */
  days?: string | undefined;
  everybody?: 'true' | undefined;
}

export interface AiKnowledgeSearch {
  /** What retrieval is tried with. */
  q?: string | undefined;
  /** The runbook that is open: its folder and its path there, or `new`. */
  folder?: string | undefined;
  runbook?: string | undefined;
}

export interface AiProvidersSearch {
  /** The one that is set up beside the list. */
  provider?: string | undefined;
}

export interface AiChatSearch {
  /** The conversation that is open; a new one when absent. */
  conversation?: string | undefined;
}

export interface ForwardsSearch {
  /** The one whose details are open. */
  forward?: string | undefined;
}

type Raw = Record<string, unknown>;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Drops what has no value, so that it does not appear in the URL. */
function given<T extends object>(search: T): T {
  for (const [key, value] of Object.entries(search)) if (value === undefined) Reflect.deleteProperty(search, key);
  return search;
}

export function readScope(raw: Raw): ScopeSearch {
  return given({
    cluster: text(raw.cluster),
    ns: text(raw.ns),
    open: text(raw.open),
    section: text(raw.section),
    range: text(raw.range),
    failed: text(raw.failed),
  });
}

export function readIssuesSearch(raw: Raw): IssuesSearch {
  return given<IssuesSearch>({
    q: text(raw.q),
    severity: text(raw.severity),
    sort: text(raw.sort),
    group: raw.group === 'namespace' || raw.group === 'kind' ? raw.group : undefined,
    view: raw.view === 'dismissed' || raw.view === 'resolved' ? raw.view : undefined,
  });
}

export function readResourcesSearch(raw: Raw): ResourcesSearch {
  return given({ q: text(raw.q), sort: text(raw.sort), cols: text(raw.cols) });
}

export function readIssueSearch(raw: Raw): IssueSearch {
  const { timeline } = raw;
  return given<IssueSearch>({
    plan: raw.plan === 'long' ? 'long' : undefined,
    action: text(raw.action),
    timeline: timeline === 'change' || timeline === 'event' || timeline === 'state' ? timeline : undefined,
  });
}

export function readObjectSearch(raw: Raw): ObjectSearch {
  return given<ObjectSearch>({ view: text(raw.view) });
}

export function readHelmSearch(raw: Raw): HelmSearch {
  return given<HelmSearch>({ q: text(raw.q), sort: text(raw.sort), release: text(raw.release), tab: releaseTabs.find((tab) => tab === raw.tab) });
}

export function readTopologySearch(raw: Raw): TopologySearch {
  return given<TopologySearch>({
    q: text(raw.q),
    view: topologyViews.find((view) => view === raw.view),
    also: text(raw.also),
    trouble: raw.trouble === 'only' ? 'only' : undefined,
  });
}

export function readCreateSearch(raw: Raw): CreateSearch {
  return given<CreateSearch>({ template: text(raw.template) });
}

export function readCompareSearch(raw: Raw): CompareSearch {
  return given<CompareSearch>({ a: text(raw.a), b: text(raw.b), clusterA: text(raw.clusterA), clusterB: text(raw.clusterB) });
}

export function readActionsSearch(raw: Raw): ActionsSearch {
  return given<ActionsSearch>({ action: text(raw.action) });
}

export function readAiRunsSearch(raw: Raw): AiRunsSearch {
  const { q, state, purpose, prompt, model, tool, person, days, run } = raw;
  return given<AiRunsSearch>({
    ...{ q: text(q), state: text(state), purpose: text(purpose), prompt: text(prompt), model: text(model), tool: text(tool) },
    ...{ person: text(person), days: text(days), everybody: raw.everybody === 'true' ? 'true' : undefined, run: text(run) },
  });
}

export function readAiCostSearch(raw: Raw): AiCostSearch {
  return given<AiCostSearch>({ days: text(raw.days), everybody: raw.everybody === 'true' ? 'true' : undefined });
}

export function readAiKnowledgeSearch(raw: Raw): AiKnowledgeSearch {
  return given<AiKnowledgeSearch>({ q: text(raw.q), folder: text(raw.folder), runbook: text(raw.runbook) });
}

export function readAiProvidersSearch(raw: Raw): AiProvidersSearch {
  return given<AiProvidersSearch>({ provider: text(raw.provider) });
}

export function readAiChatSearch(raw: Raw): AiChatSearch {
  return given<AiChatSearch>({ conversation: text(raw.conversation) });
}

export function readAccessSearch(raw: Raw): AccessSearch {
  return given<AccessSearch>({
    verb: text(raw.verb),
    group: text(raw.group),
    resource: text(raw.resource),
    namespace: text(raw.namespace),
    name: text(raw.name),
  });
}

export function readEventsSearch(raw: Raw): EventsSearch {
  const { type } = raw;
  return given<EventsSearch>({
    q: text(raw.q),
    type: type === 'Warning' || type === 'Normal' ? type : undefined,
    reason: text(raw.reason),
    about: text(raw.about),
  });
}

export function readAlertsSearch(raw: Raw): AlertsSearch {
  return given<AlertsSearch>({ rule: text(raw.rule), reason: text(raw.reason), in: text(raw.in) });
}

export function readAdviceSearch(raw: Raw): AdviceSearch {
  const { severity } = raw;
  return given<AdviceSearch>({
    q: text(raw.q),
    check: text(raw.check),
    severity: severity === 'low' || severity === 'info' ? severity : undefined,
    group: raw.group === 'object' ? 'object' : undefined,
    policy: raw.policy === 'true' ? 'true' : undefined,
  });
}

export function readTerminalSearch(raw: Raw): TerminalSearch {
  return given<TerminalSearch>({ session: text(raw.session) });
}

export function readForwardsSearch(raw: Raw): ForwardsSearch {
  return given<ForwardsSearch>({ forward: text(raw.forward) });
}

/** URLs are read by people: plain text values, and the harmless signs stay as they are. */
export function stringifySearch(search: Raw): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined && value !== '') parameters.set(name, String(value));
  const query = parameters.toString().replace(/%2C/g, ',').replace(/%2F/g, '/').replace(/%3A/g, ':');
  return query === '' ? '' : `?${query}`;
}

export function parseSearch(query: string): Raw {
  return Object.fromEntries(new URLSearchParams(query));
}

export function parseNamespaces(ns: string | undefined): string[] {
  return ns === undefined ? [] : ns.split(',').filter((name) => name !== '');
}
