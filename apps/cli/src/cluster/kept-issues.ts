import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import { AppError, type Issue, type IssueRecord, issueHistoryFile, issueHistorySchema } from '@quarterdeck/contract';
import { readDismissals } from '@quarterdeck/storage';
import type { CommandContext } from '../context.ts';
import { withStorage } from '../ledger/with-storage.ts';

/** Issues of a cluster that the workbench has seen go away, the latest first. */
export async function resolvedIssues(cluster: string, { environment }: Pick<CommandContext, 'environment'>): Promise<Issue[]> {
  const records = (await issueRecords({ environment })).filter((record) => record.cluster === cluster);
  const resolved = records.flatMap((record) => (record.resolvedAt === null ? [] : [{ ...record, resolvedAt: record.resolvedAt }]));
  return resolved
    .toSorted((a, b) => (a.resolvedAt < b.resolvedAt ? 1 : -1))
    .map(({ issue, firstSeenAt, resolvedAt, recurrences }) => ({
      ...issue,
      life: { state: 'resolved', firstSeenAt, since: resolvedAt, recurrences, note: null },
    }));
}

/** The lives of all issues that the workbench on this machine has seen. */
export function issueRecords({ environment }: Pick<CommandContext, 'environment'>): Promise<IssueRecord[]> {
  return readHistory(join(stateDirectoryOf(environment), issueHistoryFile));
}

/** The ids of the issues of a cluster that somebody put aside, with the reasons. */
export async function dismissedIds(cluster: string, context: CommandContext): Promise<Map<string, string>> {
  const dismissals = await withStorage(context, 'guest', ({ db }) => readDismissals(db));
  return new Map(dismissals.filter((dismissal) => dismissal.cluster === cluster).map(({ issueId, reason }) => [issueId, reason]));
}

async function readHistory(path: string): Promise<IssueRecord[]> {
  try {
    return issueHistorySchema.parse(JSON.parse(await readFile(path, 'utf8'))).records;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new AppError('INTERNAL_ERROR', `The history of issues (${path}) can't be read.`, { hint: 'Mend the file, or move it away to begin anew.', cause });
  }
}
