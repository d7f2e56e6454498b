import type { AlertRule } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

/** What a rule waits for, as a line. */
export function conditionWords({ when }: Pick<AlertRule, 'when'>, { alerts }: Messages): string {
  const { namespaces } = when;
  const where = namespaces.length === 0 ? [] : [alerts.ofNamespaces(namespaces.join(', '))];
  if (when.on === 'issue') {
    const states = when.states.map((state) => alerts.states[state]).join(', ');
    const open = when.forMinutes === 0 ? [] : [alerts.stillOpen(when.forMinutes)];
    return [alerts.whenIssue(when.severity, states), ...when.mechanisms, ...open, ...where].join(', ');
  }
  const often = when.atLeast === 1 ? [] : [alerts.atLeast(when.atLeast, when.withinMinutes)];
  const message = when.message === '' ? [] : [`/${when.message}/`];
  return [alerts.whenEvent(when.type === 'any' ? '' : when.type, when.reason), ...message, ...often, ...where].join(', ');
}

/** By which ways a rule tells. */
export function channelWords({ desktop, webhook }: Pick<AlertRule, 'desktop' | 'webhook'>, { alerts: { toldBy } }: Messages): string {
  return [toldBy.page, ...(desktop ? [toldBy.desktop] : []), ...(webhook === null ? [] : [`${toldBy.webhook} ${new URL(webhook.url).host}`])].join(', ');
}
