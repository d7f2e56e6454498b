import type { Evidence } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { searchOf } from './log-search.ts';
import { logSubject } from './log-subject.ts';
import { hasLog, logTarget } from './log-target.ts';

/** Opens the log at the line that a piece of evidence is, with what is around it; nothing where the piece is no line of a log. */
export function LogLink({ piece }: { piece: Pick<Evidence, 'source' | 'object' | 'container' | 'text' | 'value' | 'at'> }) {
  const label = useMessages().logs.at;
  const { source, object, container, text, value, at } = piece;
  if (source !== 'log' || !hasLog(object)) return null;
  const subject = logSubject([logTarget(object)], { ...(container === null ? {} : { containers: [container] }), at: { time: at, text: value ?? text } });
  return (
    <Link to="/logs" search={searchOf(subject)} className="rounded-sm text-accent hover:underline">
      {label}
    </Link>
  );
}
