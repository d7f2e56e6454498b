import { AppError } from '@quarterdeck/contract';
import type { RunOutcome } from '../exec/run-in-pod.ts';

/** The error for a container that lacks one of the programs that are needed; null for any other error. */
export function missingTool(thrown: unknown, tools: readonly string[]): AppError | null {
  if (!(thrown instanceof AppError) || thrown.code !== 'NOT_FOUND') return null;
  const tool = tools.find((each) => each === thrown.details.program);
  return tool === undefined ? null : lackOf(tool, thrown);
}

function lackOf(tool: string, cause?: AppError): AppError {
  return new AppError('UNSUPPORTED', `The container has no ${tool}, which is needed for its files.`, {
    hint: 'Go through a debug container, which brings its own (`qd cp --via-debug`).',
    details: { ...cause?.details, tool },
    cause,
  });
}

/** The error for a program that ended with a failure, from the last line that it wrote. */
export function toolError(tool: string, path: string, { exitCode, stderr }: Pick<RunOutcome, 'exitCode' | 'stderr'>): AppError {
  const said = stderr.split('\n').findLast((line) => line.trim() !== '' && !/Error is not recoverable|exit(ing)? (with failure|delayed)/i.test(line)) ?? '';
  const details = { exitCode, said: stderr };
  // A shell that does not find it.
  if (exitCode === 127 && stderr.includes('not found')) return lackOf(tool);
  if (/read-only file system/i.test(stderr)) {
    return new AppError('VALIDATION_ERROR', `The file system at ${path} is read-only.`, {
      hint: 'Choose a folder that is writable, for example a volume.',
      details,
    });
  }
  if (/permission denied|operation not permitted/i.test(stderr)) {
    return new AppError('VALIDATION_ERROR', `The container's user may not do this at ${path}: ${said}`, {
      hint: 'Choose another folder, or go through a debug container.',
      details,
    });
  }
  if (/no space left/i.test(stderr)) return new AppError('CONFLICT', `There is no space left at ${path}.`, { hint: 'Make room there first.', details });
  // The others cause it, so it comes last.
  if (/no such file|can't cd|nonexistent directory/i.test(stderr)) return new AppError('NOT_FOUND', `There is no ${path} in the container.`, { details });
  return new AppError('CLUSTER_ERROR', `${tool} in the container failed with ${exitCode}: ${said || 'it does not say why'}`, { details });
}
