import type { SubscribeRequest } from '../../live/live-client.ts';
import type { LogSubject } from './log-subject.ts';

export type LogRequest = Extract<SubscribeRequest, { type: 'subscribeLogs' }>;

/** How far before a moment its surroundings begin. Milliseconds. */
const before = 60_000;
/** Lines of each run that are looked through for a line whose time is not known. */
const tailAround = 10_000;

const seconds: Partial<Record<LogSubject['from'], number>> = { '5m': 300, '15m': 900, '1h': 3_600 };

/** One subscription for each target, and for each container that is named; of both runs where one moment is wanted. */
export function logRequests(subject: LogSubject, cluster: string): LogRequest[] {
  const { targets, containers } = subject;
  const runs = subject.at === null ? [subject.previous] : [true, false];
  const choices = typeof containers === 'string' ? [{ containers }] : containers.map((container) => ({ container }));
  const filter = { include: subject.include, exclude: subject.exclude, before: subject.context, after: subject.context };
  const start = startOf(subject);
  return targets.flatMap((target) =>
    choices.flatMap((choice) =>
      runs.map((previous): LogRequest => ({ type: 'subscribeLogs', cluster, ...target, ...choice, ...start, previous, follow: !previous, filter })),
    ),
  );
}

function startOf({ at, from }: LogSubject): Pick<LogRequest, 'tail' | 'sinceSeconds' | 'sinceTime'> {
  if (at !== null) return at.time === null ? { tail: tailAround } : { sinceTime: new Date(Date.parse(at.time) - before).toISOString() };
  const sinceSeconds = seconds[from];
  if (sinceSeconds !== undefined) return { sinceSeconds };
  return from === 'all' ? {} : { tail: Number(from) };
}

/** What to ask for after the socket broke: what may have been missed, with what is known already as a margin. */
export function resumed(request: LogRequest, newest: string, margin = 30_000): LogRequest {
  const { tail: _tail, sinceSeconds: _seconds, ...rest } = request;
  const at = Date.parse(newest);
  return request.previous === true || Number.isNaN(at) ? request : { ...rest, sinceTime: new Date(at - margin).toISOString() };
}
