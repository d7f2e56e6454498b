import type { EventGroup, Issue } from '@quarterdeck/contract';
import { refKey } from '@quarterdeck/contract';
import { useMemo } from 'react';
import type { EventsSearch } from '../../app/search.ts';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';

type EventsFrame = Extract<DataFrame, { type: 'eventsSnapshot' }>;

function apply(state: EventsFrame | null, frame: DataFrame): EventsFrame | null {
  return frame.type === 'eventsSnapshot' ? frame : state;
}

/** As many as a page has use for; what is older is counted and told. */
const most = 1_000;

/** The events of the page, live, filtered by the server as far as it can: by one namespace, type, words and objects. */
export function useEvents({ q = '', type, about }: EventsSearch) {
  const cluster = useClusters().selected?.id;
  const { namespaces } = useNamespaceScope();
  const request = useMemo(() => {
    if (cluster === undefined) return null;
    const [namespace, ...others] = namespaces;
    const within = namespace === undefined || others.length > 0 ? {} : { namespace };
    const ofType = type === undefined ? {} : { eventType: type };
    return { type: 'subscribeEvents' as const, cluster, ...within, ...ofType, search: q, limit: most, ...(about === undefined ? {} : { about }) };
  }, [cluster, namespaces, q, type, about]);
  return useLive(request, apply);
}

export interface EventSelection {
  shown: readonly EventGroup[];
  /** How many lines there are of each reason under the other filters, most first. */
  reasons: readonly (readonly [string, number])[];
}

/** What the server does not filter by: several namespaces, and the reason, which the others are counted beside. */
export function selectEvents(groups: readonly EventGroup[], namespaces: readonly string[], reason: string | undefined): EventSelection {
  const inScope = groups.filter(({ object }) => namespaces.length === 0 || (object.namespace !== null && namespaces.includes(object.namespace)));
  const counts = new Map<string, number>();
  for (const group of inScope) counts.set(group.reason, (counts.get(group.reason) ?? 0) + 1);
  const reasons = [...counts].toSorted(([a, many], [b, more]) => more - many || a.localeCompare(b));
  return { shown: inScope.filter((group) => reason === undefined || group.reason === reason), reasons };
}

/** Of each object the worst open issue that it has a part in, by its key. */
export function useIssuesByObject(): ReadonlyMap<string, Issue> {
  const { list } = useIssuesFeed();
  return useMemo(() => issuesByObject(list), [list]);
}

export function issuesByObject(issues: readonly Issue[]): ReadonlyMap<string, Issue> {
  const found = new Map<string, Issue>();
  for (const issue of issues) {
    const refs = [...(issue.cause === null ? [] : [issue.cause]), ...issue.affected, ...issue.evidence.map(({ object }) => object)];
    for (const ref of refs) if (!found.has(refKey(ref))) found.set(refKey(ref), issue);
  }
  return found;
}
