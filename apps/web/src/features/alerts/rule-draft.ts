import { type AlertRule, type AlertRuleInput, alertRuleInputSchema, eventConditionSchema, issueConditionSchema } from '@quarterdeck/contract';
import type * as z from 'zod';

/** A rule while it is written: both kinds of condition are kept, so that changing one's mind loses nothing. */
export interface RuleDraft {
  name: string;
  enabled: boolean;
  /** Empty: whichever is looked at. */
  cluster: string;
  on: 'issue' | 'event';
  issue: z.output<typeof issueConditionSchema>;
  event: z.output<typeof eventConditionSchema>;
  desktop: boolean;
  /** Null: none is called. An empty secret is none, or the one that it has. */
  webhook: { url: string; secret: string; allowPrivate: boolean; hasSecret: boolean } | null;
}

/** What a new rule begins with: that of an event, where one is its occasion. */
export function newDraft(occasion: { reason: string | undefined; namespace: string | undefined }): RuleDraft {
  const { reason, namespace } = occasion;
  const namespaces = namespace === undefined ? [] : [namespace];
  return {
    name: reason === undefined ? '' : [reason, namespace].filter((part) => part !== undefined).join(' in '),
    enabled: true,
    cluster: '',
    on: reason === undefined ? 'issue' : 'event',
    issue: issueConditionSchema.parse({ on: 'issue', severity: 'high', namespaces }),
    event: eventConditionSchema.parse({ on: 'event', reason: reason === undefined ? '' : `^${escaped(reason)}$`, type: 'any', namespaces }),
    desktop: false,
    webhook: null,
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function draftOf({ name, enabled, cluster, when, desktop, webhook }: AlertRule): RuleDraft {
  const fresh = newDraft({ reason: undefined, namespace: undefined });
  return {
    ...fresh,
    ...{ name, enabled, cluster: cluster ?? '', on: when.on, desktop },
    issue: when.on === 'issue' ? when : fresh.issue,
    event: when.on === 'event' ? when : fresh.event,
    webhook: webhook === null ? null : { url: webhook.url, secret: '', allowPrivate: webhook.allowPrivate, hasSecret: webhook.hasSecret },
  };
}

/** What is sent, and what is wrong with it, by the path of the field. */
export function readDraft({ name, enabled, cluster, on, issue, event, desktop, webhook }: RuleDraft): {
  rule: AlertRuleInput | null;
  problems: ReadonlyMap<string, string>;
} {
  const read = alertRuleInputSchema.safeParse({
    ...{ name, enabled, desktop, cluster: cluster === '' ? null : cluster, when: on === 'issue' ? issue : event },
    webhook: webhook === null ? null : { url: webhook.url, secret: webhook.secret === '' ? null : webhook.secret, allowPrivate: webhook.allowPrivate },
  });
  if (read.success) return { rule: read.data, problems: new Map() };
  return { rule: null, problems: new Map(read.error.issues.map(({ path, message }) => [path.join('.'), message])) };
}
