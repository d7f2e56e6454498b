import { join } from 'node:path';
import {
  createKnowledge,
  type FeedbackStore,
  feedbackFile,
  type Knowledge,
  openRunbookShelf,
  type Passage,
  readRunbookFolder,
  resolvedPassages,
  runbookFolders,
} from '@quarterdeck/assistant';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import { issueFeedbackFile } from '@quarterdeck/contract';
import { issueRecords } from '../cluster/kept-issues.ts';
import type { CommandContext } from '../context.ts';

type Environment = Pick<CommandContext, 'environment'>;

/** Runbooks of the folders that are named, else of QUARTERDECK_RUNBOOKS or the workbench's own, and the issues that the workbench saw go away. */
export async function openKnowledge(folders: readonly string[], context: Environment): Promise<Knowledge> {
  const [runbooks, records, feedback] = await Promise.all([runbooksOf(folders, context), issueRecords(context), feedbackStore(context).list()]);
  return createKnowledge([...runbooks, ...resolvedPassages(records, feedback)]);
}

async function runbooksOf(folders: readonly string[], { environment }: Environment): Promise<Passage[]> {
  if (folders.length > 0) return (await Promise.all(folders.map(readRunbookFolder))).flat();
  const shelf = openRunbookShelf(runbookFolders(environment, stateDirectoryOf(environment)), (error) => {
    throw error;
  });
  return shelf.passages();
}

export function feedbackStore({ environment }: Environment): FeedbackStore {
  return feedbackFile(join(stateDirectoryOf(environment), issueFeedbackFile));
}
