import { join } from 'node:path';
import { createKnowledge, type FeedbackStore, feedbackFile, type Knowledge, readRunbookFolder, resolvedPassages } from '@quarterdeck/assistant';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import { issueFeedbackFile } from '@quarterdeck/contract';
import { issueRecords } from '../cluster/kept-issues.ts';
import type { CommandContext } from '../context.ts';

type Environment = Pick<CommandContext, 'environment'>;

/** Runbooks of the folders that are named, else of QUARTERDECK_RUNBOOKS, and the issues that the workbench saw go away. */
export async function openKnowledge(folders: readonly string[], context: Environment): Promise<Knowledge> {
  const named = folders.length > 0 ? folders : (context.environment.QUARTERDECK_RUNBOOKS ?? '').split(':').filter((folder) => folder !== '');
  const [runbooks, records, feedback] = await Promise.all([Promise.all(named.map(readRunbookFolder)), issueRecords(context), feedbackStore(context).list()]);
  return createKnowledge([...runbooks.flat(), ...resolvedPassages(records, feedback)]);
}

export function feedbackStore({ environment }: Environment): FeedbackStore {
  return feedbackFile(join(stateDirectoryOf(environment), issueFeedbackFile));
}
