import type { AlertRule, Delivery } from '@quarterdeck/contract';
import { printable } from '../output/printable.ts';
import { textTable } from '../output/text-table.ts';

/** The rules for a person, one a line. */
export function ruleTable(rules: readonly AlertRule[]): string {
  if (rules.length === 0) return 'There are no alert rules; `qd alerts add` makes one\n';
  const rows = rules.map((rule) => [rule.id, rule.name, rule.enabled ? 'on' : 'off', rule.cluster ?? 'any', waitsFor(rule), channels(rule)].map(printable));
  return textTable([['ID', 'NAME', 'STATE', 'CLUSTER', 'WHEN', 'TELLS'], ...rows]);
}

function waitsFor({ when }: AlertRule): string {
  const where = when.namespaces.length === 0 ? '' : ` in ${when.namespaces.join(', ')}`;
  if (when.on === 'event') {
    const text = [when.reason, when.message].filter((part) => part !== '').join(' and ');
    return `${when.type === 'any' ? 'event' : when.type.toLowerCase()}${text === '' ? '' : ` ${text}`}${where}${when.atLeast > 1 ? `, ${when.atLeast} times` : ''}`;
  }
  const mechanisms = when.mechanisms.length === 0 ? '' : ` (${when.mechanisms.join(', ')})`;
  return `issue ${when.states.join(', ')}, ${when.severity} or worse${mechanisms}${where}${when.forMinutes > 0 ? `, for ${when.forMinutes} min` : ''}`;
}

function channels({ desktop, webhook }: AlertRule): string {
  return ['page', ...(desktop ? ['desktop'] : []), ...(webhook === null ? [] : [`${webhook.url}${webhook.hasSecret ? ' (signed)' : ''}`])].join(', ');
}

export function deliveryText(delivery: Delivery | null): string {
  if (delivery === null) return 'The rule has no webhook; what it tells is shown in the workbench\n';
  const tries = delivery.attempts === 1 ? 'one attempt' : `${delivery.attempts} attempts`;
  if (delivery.delivered) return `Delivered (status ${delivery.status}, ${tries})\n`;
  return `Not delivered after ${tries}: ${printable(delivery.problem ?? 'no reason is known')}\n`;
}
