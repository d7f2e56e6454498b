import { type LogEntry, type LogMarker, type LogSeverity, withoutAnsi } from '@quarterdeck/contract';

/** A line as the view keeps it. */
export interface LogLine {
  /** Counts up in the order in which they came; never used twice. */
  id: number;
  /** By which lines of several streams are ordered: its time, or that of the line before where it has none. */
  order: string;
  namespace: string;
  pod: string;
  container: string;
  /** As `LogEntry` has it. */
  time: string;
  /** Without what was meant for a terminal. */
  text: string;
  /** As it was written, where that differs. */
  coloured: string | null;
  severity: LogSeverity | null;
  /** A word about the log instead of a line of it; `reconnected` is the page's own. */
  marker: LogMarker | 'reconnected' | null;
  /** Shown around a match, without being one. */
  context: boolean;
}

/** Lines that go on with what the line before says: stack traces, wrapped messages. */
const continuation = /^(?:\s+\S|at |Caused by: |\.\.\. \d+ more)/;

/** `previous` is the line before of the same container: a line that goes on with it is as bad as it. */
export function logLine(entry: LogEntry, { id, order, namespace }: Pick<LogLine, 'id' | 'order' | 'namespace'>, previous: LogLine | undefined): LogLine {
  const text = withoutAnsi(entry.text);
  const at = entry.time === '' ? order : entry.time;
  const inherited = previous?.marker === null && continuation.test(text) ? previous.severity : null;
  return {
    id,
    // A clock that was set back does not put the lines of a container in another order.
    order: previous !== undefined && previous.order > at ? previous.order : at,
    namespace,
    pod: entry.pod,
    container: entry.container,
    time: entry.time,
    text,
    coloured: text === entry.text ? null : entry.text,
    severity: entry.severity ?? inherited,
    marker: entry.marker ?? null,
    context: entry.context === true,
  };
}

export function sourceKey({ pod, container }: Pick<LogLine, 'pod' | 'container'>): string {
  return `${pod}/${container}`;
}
