import { ago, bullets, code, inText, label } from '../markdown.ts';
import type { Described } from '../tool-results.ts';
import type { NamedObject } from '../understand/question.ts';

const mostLines = 8;

/** How an object is, in Markdown: state, issues, conditions, pods, events, changes. */
export function describedText({ state, createdAt, owner, conditions, pods, issues, events, changes }: Described, object: NamedObject, now: number): string {
  const bad = conditions.filter(({ type, status }) => (status !== 'True') !== /Pressure|Unavailable|Failed|Failure|Stuck|Remaining/.test(type));
  const parts = [
    `**${label(object)}**: ${code(state.text || state.state)}${createdAt === null ? '' : `, created ${ago(createdAt, now)}`}${owner === null ? '' : `, owned by ${code(owner)}`}.`,
    section(
      'Issues',
      issues.map(({ id, title }) => `${inText(title)} (${code(id)})`),
    ),
    section(
      'Conditions that are not as they should be',
      bad.map(({ type, status, reason = '', message = '' }) => `${code(type)} is ${status} ${reason} ${inText(message)}`),
    ),
    section(
      'Pods',
      pods.map(({ name, state: each }) => `${code(name)} ${inText(each ?? '')}`),
    ),
    section(
      'Latest events',
      events.map(({ at, type, reason, message, count }) => `${ago(at, now)} ${type} ${code(reason)} ${inText(message)}${count > 1 ? ` (${count}×)` : ''}`),
    ),
    section(
      'Latest changes',
      changes.map(({ at, by, what }) => `${ago(at, now)} ${code(by ?? 'unknown')}: ${inText(what)}`),
    ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A list under a heading, cut where it is long; nothing where it is empty. */
export function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > mostLines ? [`${lines.length - mostLines} more`] : [];
  return `**${title}:**\n\n${bullets([...lines.slice(0, mostLines), ...more])}`;
}
