import { AppError } from '@quarterdeck/contract';
import type { PodName } from '../exec/read-pod.ts';

/** Where files are: a container, or a debug container through which another one's files are seen. */
export interface FilePlace extends PodName {
  /** Left out: the pod's default container. */
  container?: string | undefined;
  /** What every path is seen through: empty, or `/proc/1/root`. */
  root?: string;
}

/** Throws VALIDATION_ERROR for a path that does not begin at the root. */
export function absolutePath(path: string): string {
  if (!path.startsWith('/') || path.includes('\0')) {
    throw new AppError('VALIDATION_ERROR', `${JSON.stringify(path)} is no absolute path.`, { hint: 'Paths in a container begin with /.' });
  }
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  return `/${steps.join('/')}`;
}

/** The folder that something lies in, and its name there. The root is `.` in itself. */
export function splitPath(path: string): { parent: string; name: string } {
  const at = path.lastIndexOf('/');
  if (path === '/') return { parent: '/', name: '.' };
  return { parent: at === 0 ? '/' : path.slice(0, at), name: path.slice(at + 1) };
}
