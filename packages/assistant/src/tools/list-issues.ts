import { type Issue, type IssueDetail, issueTouches, severities, severitySchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { seenRef } from './find-object.ts';

export const listIssues = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'list_issues',
    title: 'List issues',
    description:
      'What is broken in the cluster and why, worst first: each issue has its cause, the mechanism in a sentence and how sure that is. Also what could not be looked at.',
    permission: 'issue.read',
    effect: 'read',
    // The first call of all waits for a cluster's lists.
    timeLimit: 60_000,
    input: z.object({
      namespace: z.string().optional().describe('Only issues that touch this namespace.'),
      severity: severitySchema.optional().describe('This severity or worse.'),
      search: z.string().max(200).optional().describe('Words that must all occur in title, explanation or object.'),
    }),
    async run({ namespace, severity, search }, signal) {
      const { issues, coverage, view } = await cluster.checked(signal);
      const words = (search ?? '').toLowerCase().split(/\s+/);
      const shown = issues.filter(
        (issue) =>
          (namespace === undefined || issueTouches(issue, namespace)) &&
          (severity === undefined || severities.indexOf(issue.severity) <= severities.indexOf(severity)) &&
          words.every((word) => searchText(issue).includes(word)),
      );
      const value = { issues: shown.map(inList), coverage, checkedAt: new Date(view.now).toISOString() };
      return { value, seen: shown.flatMap(({ cause, affected }) => [...(cause === null ? [] : [cause]), ...affected].map(seenRef)) };
    },
  });

function searchText({ title, explanation, kind, namespace, name }: Issue): string {
  return `${title} ${explanation} ${kind} ${namespace ?? ''}/${name}`.toLowerCase();
}

/** What get_issue adds is left out. */
function inList(issue: IssueDetail) {
  const { evidence: _evidence, chains: _chains, findings: _findings, changes: _changes, timeline: _timeline, history: _history, ...rest } = issue;
  const { notSeen: _notSeen, dismissed: _dismissed, ...shown } = rest;
  return shown;
}
