import { AppError } from '@quarterdeck/contract';

/** One end of a copy: a path on this machine (`pod` is null) or in a pod. */
export interface CopySpec {
  namespace: string | null;
  pod: string | null;
  path: string;
}

/** `path`, `pod:path` or `namespace/pod:path`, as kubectl reads them; what begins with `/` or `.` is always a path here. */
export function parseCopySpec(text: string): CopySpec {
  const colon = text.indexOf(':');
  const before = colon < 0 ? '' : text.slice(0, colon);
  const names = before.split('/');
  const isLocal = colon < 0 || /^[./]/.test(text) || names.length > 2 || (process.platform === 'win32' && /^[a-z]$/i.test(before));
  if (isLocal) return { namespace: null, pod: null, path: text };
  const path = text.slice(colon + 1);
  if (names.includes('') || path === '') {
    throw new AppError('VALIDATION_ERROR', `"${text}" is no place to copy from or to.`, {
      hint: 'Write POD:PATH, NAMESPACE/POD:PATH or a path on this machine.',
    });
  }
  return { namespace: names.length === 2 ? (names[0] ?? null) : null, pod: names.at(-1) ?? null, path };
}
