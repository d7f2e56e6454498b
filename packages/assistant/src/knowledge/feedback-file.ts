import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, type IssueFeedback, issueFeedbackSchema } from '@quarterdeck/contract';
import type { FeedbackStore } from './resolved-issue.ts';

/** Feedback in a file, a JSON object a line, for one person on one machine. Throws INTERNAL_ERROR for a file that can't be read. */
export function feedbackFile(path: string): FeedbackStore {
  return {
    async list() {
      const lines = (await textOf(path)).split('\n').filter((line) => line !== '');
      return lines.map((line, index) => feedbackIn(line, `${path}:${index + 1}`));
    },
    async add(feedback) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await appendFile(path, `${JSON.stringify(feedback)}\n`, { mode: 0o600 });
    },
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw new AppError('INTERNAL_ERROR', `The feedback (${path}) can't be read.`, { hint: 'Mend the file, or move it away.', cause });
  }
}

function feedbackIn(line: string, place: string): IssueFeedback {
  try {
    return issueFeedbackSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError('INTERNAL_ERROR', `${place} is no feedback.`, { hint: 'Take the line out, or move the file away.', cause });
  }
}
