import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useLogView } from './log-view-context.ts';

/** What can't be read and why: all of it, or some while the rest goes on. */
export function LogProblem() {
  const { facts, subject, loaded, retry } = useLogView();
  const { empty } = useMessages().logs;
  // A broken expression is told at the filter, the absence of a run before in place of its lines.
  const errors = facts.errors.filter(({ code }) => code !== 'VALIDATION_ERROR' || subject.include.length + subject.exclude.length === 0);
  const [error] = errors;
  if (error === undefined || (subject.previous && loaded.length === 0)) return null;
  const refused = error.code === 'FORBIDDEN';
  const what =
    error.code === 'READ_ONLY'
      ? empty.recording
      : refused
        ? empty.notAllowed
        : errors.length < facts.errors.length || loaded.length > 0
          ? empty.someFailed
          : empty.failed;
  return (
    <div className="shrink-0 p-2">
      <ErrorNotice what={what} error={error} {...(error.code === 'READ_ONLY' ? {} : { onRetry: retry })} />
      {error.code === 'READ_ONLY' && <p className="px-3 pt-1 text-soft">{empty.recordingHint}</p>}
    </div>
  );
}
