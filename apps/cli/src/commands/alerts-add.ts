import { type AlertRuleInput, AppError, alertRuleInputSchema, severities } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';

const list = z.array(z.string().min(1)).default([]);
const count = (least: number) => z.coerce.number('must be a number').int().min(least).optional();

const input = z.object({
  name: z.string().min(1),
  cluster: z.string().min(1).optional(),
  namespace: list,
  severity: z.enum(severities).optional(),
  mechanism: list,
  on: z.array(z.enum(['detected', 'changed', 'recurred', 'resolved'])).default([]),
  for: count(0),
  event: z.string().optional(),
  message: z.string().optional(),
  atLeast: count(1),
  within: count(1),
  desktop: z.boolean().default(false),
  webhook: z.string().optional(),
  secretFrom: z.string().min(1).optional(),
  allowPrivate: z.boolean().default(false),
});

export const alertsAdd = defineCommand({
  name: 'alerts add',
  summary: 'Add an alert rule: who is told of which issues or events',
  description: 'It is about issues, or with --event about events. The workbench looks after it while it runs; the page shows what it tells in any case.',
  input,
  arguments: { name: 'What it is called' },
  options: {
    cluster: { value: 'name', description: 'Only this cluster (default: the one that is looked at)' },
    namespace: { short: 'n', value: 'name', repeatable: true, description: 'Only this namespace; may be repeated' },
    severity: { value: severities.join('|'), description: 'Issues of this severity or worse (default: low)' },
    mechanism: { value: 'id', repeatable: true, description: 'Only issues of this mechanism; may be repeated' },
    on: { value: 'detected|changed|recurred|resolved', repeatable: true, description: 'What becomes of an issue (default: detected, recurred)' },
    for: { value: 'minutes', description: 'Only issues that are still open after so long' },
    event: { value: 'pattern', description: 'Events whose reason fits this regular expression, instead of issues' },
    message: { value: 'pattern', description: 'Events whose message fits this one' },
    atLeast: { value: 'number', description: 'Events that occurred so often on one object' },
    within: { value: 'minutes', description: 'Events not older than this; one is not told again within it (default: 10)' },
    desktop: { description: 'Also as a notification of the browser' },
    webhook: { value: 'url', description: 'Also as JSON to this URL' },
    secretFrom: { value: 'variable', description: 'Environment variable with the secret that signs the calls of the webhook' },
    allowPrivate: { description: 'Let the webhook be on this machine or in a private network, and without TLS' },
  },
  examples: [
    ['alerts add on-call --severity high --webhook https://example.com/hook --secret-from HOOK_SECRET', 'bad issues, to a webhook'],
    ["alerts add probes --event '^Unhealthy$' --at-least 10 -n shop --desktop", 'events of one reason'],
  ],
  async run(typed, context) {
    const [{ openAlertRules }, { stateDirectoryOf }] = await Promise.all([import('@quarterdeck/alerts'), import('@quarterdeck/cluster')]);
    const rule = await openAlertRules(stateDirectoryOf(context.environment)).add(ruleOf(typed, context), 'cli');
    context.out.write(`Added rule ${rule.id}; \`qd alerts test ${rule.id}\` tries it\n`);
    return 0;
  },
});

function ruleOf(typed: z.output<typeof input>, { environment }: Pick<CommandContext, 'environment'>): AlertRuleInput {
  const secret = typed.secretFrom === undefined ? null : (environment[typed.secretFrom] ?? null);
  if (typed.secretFrom !== undefined && secret === null) {
    throw new AppError('VALIDATION_ERROR', `The variable ${typed.secretFrom} is not set.`, { hint: 'Set it to the secret that signs the calls.' });
  }
  const webhook = typed.webhook === undefined ? null : { url: typed.webhook, secret, allowPrivate: typed.allowPrivate };
  const parsed = alertRuleInputSchema.safeParse({
    name: typed.name,
    cluster: typed.cluster ?? null,
    when: conditionOf(typed),
    desktop: typed.desktop,
    webhook,
  });
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new AppError('VALIDATION_ERROR', `${first?.path.join('.') ?? 'The rule'}: ${first?.message ?? 'is not valid'}.`, {
    hint: 'See `qd alerts add --help`.',
  });
}

/** Only what was typed: the rest has defaults. */
function conditionOf(typed: z.output<typeof input>): Record<string, unknown> {
  const { event, message, namespace } = typed;
  const ofEvents = { reason: event, message, atLeast: typed.atLeast, withinMinutes: typed.within };
  const ofIssues = { severity: typed.severity, mechanisms: typed.mechanism, forMinutes: typed.for, ...(typed.on.length === 0 ? {} : { states: typed.on }) };
  const isEvent = event !== undefined || message !== undefined;
  const chosen = Object.entries(isEvent ? ofEvents : ofIssues).filter(([, value]) => value !== undefined);
  return { on: isEvent ? 'event' : 'issue', namespaces: namespace, ...Object.fromEntries(chosen) };
}
