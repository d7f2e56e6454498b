import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { useCopy } from '../../ui/copy-button.tsx';
import { aboutLines } from '../ask-about/ask-about.ts';
import { ask } from '../assistant/use-ask.ts';
import type { LogLine } from './log-line.ts';
import { type LogSubject, subjectAround } from './log-subject.ts';
import type { Marks } from './use-marks.ts';

/** What can be done with lines. */
export interface LineActions {
  copy(lines: readonly LogLine[]): void;
  copyJson(lines: readonly LogLine[]): void;
  /** Adds an expression to the filter. */
  keep(expression: string): void;
  drop(expression: string): void;
  toggleMark(line: LogLine): void;
  toggleExpanded(line: LogLine): void;
  around(line: LogLine): void;
  openPod(line: LogLine): void;
  ask(lines: readonly LogLine[]): void;
}

interface Options {
  subject: LogSubject;
  change(change: Partial<LogSubject>): void;
  marks: Marks;
  toggleExpanded(id: number): void;
}

export function useLineActions({ subject, change, marks, toggleExpanded }: Options): LineActions {
  const navigate = useNavigate();
  const { copy } = useCopy();
  const { askAbout } = useMessages();
  return useMemo(
    () => ({
      copy: (lines) => copy(rawText(lines)),
      copyJson: (lines) => copy(lines.map((line) => JSON.stringify(jsonOf(line))).join('\n')),
      keep: (expression) => change({ include: added(subject.include, expression) }),
      drop: (expression) => change({ exclude: added(subject.exclude, expression) }),
      toggleMark: ({ id }) => marks.toggle(id),
      toggleExpanded: ({ id }) => toggleExpanded(id),
      around: ({ time, text }) => change(subjectAround(subject, { time, text })),
      openPod: ({ namespace, pod }) => void navigate({ to: '.', search: (before) => ({ ...before, open: `Pod/${namespace}/${pod}`, section: undefined }) }),
      ask: (lines) =>
        ask(
          aboutLines(
            lines.filter(({ marker }) => marker === null),
            askAbout,
          ),
        ),
    }),
    [subject, change, marks, toggleExpanded, navigate, copy, askAbout],
  );
}

/** What the containers wrote, a line each, and nothing of what the view adds. */
export function rawText(lines: readonly LogLine[]): string {
  return lines
    .filter(({ marker }) => marker === null)
    .map(({ text }) => text)
    .join('\n');
}

function jsonOf({ time, namespace, pod, container, severity, text }: LogLine) {
  return { time, namespace, pod, container, ...(severity === null ? {} : { severity }), text };
}

export const mostExpressions = 10;

export function added(expressions: readonly string[], expression: string): string[] {
  return [...new Set([...expressions, expression])].slice(0, mostExpressions);
}
