import { AppError, planRequestSchema, severitySchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { listResources } from '../resources/list-resources.ts';
import { withIssues } from '../routes/services.ts';
import { defineTool, type Tool } from './define-tool.ts';

const cluster = z.string().optional().describe('The kubeconfig context; left out, the current one.');

const listIssues = defineTool({
  name: 'list_issues',
  title: 'List issues',
  description:
    'What is broken in the cluster and why, worst first: each issue has its cause, the mechanism in a sentence and how sure that is. Also what could not be looked at.',
  permission: 'issue.read',
  effect: 'read',
  input: z.object({
    cluster,
    namespace: z.string().optional().describe('Only issues that touch this namespace.'),
    severity: severitySchema.optional(),
    search: z.string().max(200).optional().describe('Words that must all occur in title, explanation or object.'),
  }),
  run: ({ cluster: id, ...query }, { services, signal }) =>
    withIssues(services, id, signal, (board) => ({
      issues: board.list({ ...query, dismissed: false }).map(({ evidence: _inDetail, ...issue }) => issue),
      coverage: board.coverage(),
      checkedAt: board.checkedAt(),
    })),
});

const getIssue = defineTool({
  name: 'get_issue',
  title: 'Get an issue',
  description: 'One issue with its evidence, the chain from the cause to each symptom, recent changes and what could not be seen.',
  permission: 'issue.read',
  effect: 'read',
  input: z.object({ cluster, id: z.string().min(1).describe('The id from list_issues.') }),
  run: ({ cluster: id, id: issue }, { services, signal }) => withIssues(services, id, signal, (board) => board.detail(issue)),
});

const createPlan = defineTool({
  name: 'create_plan',
  title: 'Create a plan',
  description: 'A plan for an issue: steps with the kubectl command, how to see that each worked, and how to take it back. Nothing is executed.',
  permission: 'plan.create',
  effect: 'read',
  input: z.object({ cluster, ...planRequestSchema.shape }),
  run: ({ cluster: id, ...request }, { services, signal }) =>
    withIssues(services, id, signal, (_board, feed) => {
      const plan = feed.plan(request);
      if (plan !== null) return plan;
      throw new AppError('NOT_FOUND', `There is no issue ${request.issueId} now.`, { hint: 'Call list_issues to see what is open.' });
    }),
});

const listResourcesTool = defineTool({
  name: 'list_resources',
  title: 'List resources',
  description: 'Objects of one kind as kubectl get -o wide shows them. The values of Secrets are never shown.',
  permission: 'resource.read',
  effect: 'read',
  input: z.object({
    cluster,
    kind: z.string().min(1).describe('`Pod`, `pods`, `po` or, where two groups share a name, `Kind.group`.'),
    namespace: z.string().optional().describe('Left out: all namespaces.'),
    filter: z
      .string()
      .max(500)
      .default('')
      .describe(
        'Words match any cell; also `status:x`, `ns:x` or any `column:x`, `restarts>3`, `age<1h`, `-l app=web`, `/regex/`, and `!` in front to exclude.',
      ),
    sort: z.string().max(100).default('').describe('A column id, `-` in front for descending.'),
    limit: z.number().int().positive().max(500).default(50),
  }),
  async run({ cluster: id, namespace, ...query }, { services, signal }) {
    const list = await listResources(services.clusters.get(id), { ...query, namespace, offset: 0 }, signal);
    const items = list.items.map(({ cells, state }) => ({
      state,
      ...Object.fromEntries(list.columns.map((column, index) => [column.id, cells[index] ?? null])),
    }));
    return { kind: list.kind, apiVersion: list.apiVersion, total: list.total, items };
  },
});

/** Every tool. None of them changes anything. */
export const tools: readonly Tool[] = [listIssues, getIssue, createPlan, listResourcesTool];
