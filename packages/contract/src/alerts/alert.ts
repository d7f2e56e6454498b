import * as z from 'zod';
import { severitySchema } from '../issues/issue.ts';
import { objectRefSchema } from '../objects/object-ref.ts';
import { isSafePattern } from './safe-pattern.ts';

const names = z.array(z.string().min(1).max(253)).max(100).default([]);

/** A regular expression that cannot take long, whatever it is tried on. */
const pattern = z.string().max(200).refine(isSafePattern, 'is no regular expression, or one that may take too long (nested repetitions, back-references)');

/** When something becomes of an issue. */
export const issueConditionSchema = z.strictObject({
  on: z.literal('issue'),
  /** Of this severity or worse. */
  severity: severitySchema.default('low'),
  /** Empty: all. */
  namespaces: names,
  mechanisms: names,
  states: z
    .array(z.enum(['detected', 'changed', 'recurred', 'resolved']))
    .min(1)
    .default(['detected', 'recurred']),
  /** Only when it is still open after so many minutes. */
  forMinutes: z.number().int().min(0).max(1440).default(0),
});

/** When events tell something. */
export const eventConditionSchema = z.strictObject({
  on: z.literal('event'),
  reason: pattern.default(''),
  message: pattern.default(''),
  type: z.enum(['Warning', 'Normal', 'any']).default('Warning'),
  namespaces: names,
  /** So many occurrences on one object within `withinMinutes`. */
  atLeast: z.number().int().min(1).max(10_000).default(1),
  withinMinutes: z.number().int().min(1).max(1440).default(10),
});

export const webhookSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** Signs what is sent. Never shown again. */
  secret: z.string().min(16).max(200).nullable().default(null),
  /** Whether it may lie on this machine or in a private network, and be called without TLS. */
  allowPrivate: z.boolean().default(false),
});
export type Webhook = z.infer<typeof webhookSchema>;

const ruleShape = {
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean().default(true),
  /** Null: whichever cluster is looked at. */
  cluster: z.string().max(500).nullable().default(null),
  when: z.discriminatedUnion('on', [issueConditionSchema, eventConditionSchema]),
  /** A notification of the browser, where a page is open and allowed to. In the page it is shown in any case. */
  desktop: z.boolean().default(false),
};

/** A rule as somebody writes it. */
export const alertRuleInputSchema = z.strictObject({ ...ruleShape, webhook: webhookSchema.nullable().default(null) });
export type AlertRuleInput = z.infer<typeof alertRuleInputSchema>;

/** A rule as it is kept. */
export const storedAlertRuleSchema = z.object({ id: z.string(), createdAt: z.string(), createdBy: z.string(), ...alertRuleInputSchema.shape });
export type StoredAlertRule = z.infer<typeof storedAlertRuleSchema>;

/** A rule as it is shown: whether there is a secret, not which. */
export const alertRuleSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  ...ruleShape,
  webhook: z.object({ url: z.string(), hasSecret: z.boolean(), allowPrivate: z.boolean() }).nullable(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

export function shownRule({ webhook, ...rule }: StoredAlertRule): AlertRule {
  return { ...rule, webhook: webhook === null ? null : { url: webhook.url, hasSecret: webhook.secret !== null, allowPrivate: webhook.allowPrivate } };
}

/** Something that a rule waited for. It has all that a notification of the browser needs. */
export const alertSchema = z.object({
  id: z.string(),
  at: z.string(),
  rule: z.object({ id: z.string(), name: z.string() }),
  cluster: z.string(),
  title: z.string(),
  text: z.string(),
  severity: severitySchema.nullable(),
  issueId: z.string().nullable(),
  object: objectRefSchema.nullable(),
  desktop: z.boolean(),
  /** One notification takes the place of an earlier one with the same tag. */
  tag: z.string(),
});
export type Alert = z.infer<typeof alertSchema>;

/** How it went with a webhook. */
export const deliverySchema = z.object({
  delivered: z.boolean(),
  attempts: z.number().int().nonnegative(),
  /** The last HTTP status; null where there was no answer. */
  status: z.number().int().nullable(),
  /** Why not, in words; null where it was delivered. */
  problem: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;
