import { randomUUID } from 'node:crypto';
import { type Alert, type EventGroup, type Issue, issueTouches, refLabel, type StoredAlertRule, severities } from '@quarterdeck/contract';

/** What has become of an issue. */
export interface AlertNews {
  issue: Issue;
  state: 'detected' | 'changed' | 'resolved' | 'recurred';
  what: string;
}

/** Whether a rule waits for this. Rules for events never do. */
export function issueMatches({ when, enabled }: StoredAlertRule, { issue, state }: AlertNews): boolean {
  if (!enabled || when.on !== 'issue' || !when.states.includes(state)) return false;
  if (severities.indexOf(issue.severity) > severities.indexOf(when.severity)) return false;
  if (when.mechanisms.length > 0 && !when.mechanisms.includes(issue.mechanism)) return false;
  return when.namespaces.length === 0 || when.namespaces.some((namespace) => issueTouches(issue, namespace));
}

const words = { detected: 'New', changed: 'Changed', resolved: 'Resolved', recurred: 'Back again' } as const;

export function issueAlert(rule: StoredAlertRule, cluster: string, { issue, state, what }: AlertNews, at: number): Alert {
  return {
    ...base(rule, cluster, at),
    title: `${words[state]}: ${issue.title}`,
    text: state === 'changed' || state === 'recurred' ? `${issue.explanation} (${what})` : issue.explanation,
    severity: issue.severity,
    issueId: issue.id,
    object: issue.cause,
    tag: `issue-${cluster}-${issue.id}`,
  };
}

/** The alert for a group of events; null where the rule does not wait for it. */
export function eventAlert(rule: StoredAlertRule, cluster: string, group: EventGroup, at: number): Alert | null {
  const { when, enabled } = rule;
  if (!enabled || when.on !== 'event' || (when.type !== 'any' && group.type !== when.type)) return null;
  if (when.namespaces.length > 0 && !when.namespaces.includes(group.object.namespace ?? '')) return null;
  if (!new RegExp(when.reason).test(group.reason.slice(0, 100)) || !new RegExp(when.message).test(group.message.slice(0, 500))) return null;
  const isOld = group.lastAt === null || at - Date.parse(group.lastAt) > when.withinMinutes * 60_000;
  if (isOld || group.count < when.atLeast) return null;
  const times = group.count > 1 ? ` (${group.count} times)` : '';
  return {
    ...base(rule, cluster, at),
    title: `${group.reason}: ${refLabel(group.object)}`,
    text: `${group.message}${times}`,
    severity: null,
    issueId: null,
    object: group.object,
    tag: `event-${cluster}-${group.id}`,
  };
}

/** Something made up, to see that a rule reaches whom it should. */
export function testAlert(rule: StoredAlertRule, cluster: string, at: number): Alert {
  const text = `This is a test of the alert rule ${rule.name}. Nothing is broken.`;
  return { ...base(rule, cluster, at), title: 'Test of an alert rule', text, severity: null, issueId: null, object: null, tag: `test-${rule.id}` };
}

function base({ id, name, desktop }: StoredAlertRule, cluster: string, at: number) {
  return { id: randomUUID(), at: new Date(at).toISOString(), rule: { id, name }, cluster, desktop };
}
