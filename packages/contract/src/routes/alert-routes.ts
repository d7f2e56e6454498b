import * as z from 'zod';
import { alertRuleInputSchema, alertRuleSchema, alertSchema, deliverySchema } from '../alerts/alert.ts';
import { defineRoute } from './route.ts';

const byId = { id: z.string().min(1) };

export const alertRoutes = {
  listAlerts: defineRoute({
    id: 'listAlerts',
    method: 'GET',
    path: '/api/alerts',
    permission: 'alert.read',
    effect: 'read',
    summary: 'What rules have told lately, the latest first. It is kept while the workbench runs.',
    input: z.object({}),
    output: z.array(alertSchema),
  }),
  listAlertRules: defineRoute({
    id: 'listAlertRules',
    method: 'GET',
    path: '/api/alerts/rules',
    permission: 'alert.read',
    effect: 'read',
    summary: 'The rules by which somebody is told of issues and events.',
    input: z.object({}),
    output: z.array(alertRuleSchema),
  }),
  createAlertRule: defineRoute({
    id: 'createAlertRule',
    method: 'POST',
    path: '/api/alerts/rules',
    permission: 'alert.manage',
    effect: 'read',
    summary: 'Makes a rule. Nothing in a cluster changes; a webhook is called when it fires.',
    input: z.object(alertRuleInputSchema.shape),
    output: alertRuleSchema,
  }),
  replaceAlertRule: defineRoute({
    id: 'replaceAlertRule',
    method: 'PUT',
    path: '/api/alerts/rules/:id',
    permission: 'alert.manage',
    effect: 'read',
    summary: 'Makes a rule another. A webhook of the same URL without a secret keeps the secret that it has.',
    input: z.object({ ...byId, ...alertRuleInputSchema.shape }),
    output: alertRuleSchema,
  }),
  deleteAlertRule: defineRoute({
    id: 'deleteAlertRule',
    method: 'DELETE',
    path: '/api/alerts/rules/:id',
    permission: 'alert.manage',
    effect: 'read',
    summary: 'Removes a rule.',
    input: z.object(byId),
    output: z.array(alertRuleSchema),
  }),
  testAlertRule: defineRoute({
    id: 'testAlertRule',
    method: 'POST',
    path: '/api/alerts/rules/:id/test',
    permission: 'alert.manage',
    effect: 'read',
    summary: 'Lets a rule tell something made up, and says how it went with its webhook; null where it has none.',
    input: z.object(byId),
    output: z.object({ alert: alertSchema, delivery: deliverySchema.nullable() }),
  }),
} as const;
