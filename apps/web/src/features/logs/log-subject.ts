import { containerScopes, logSeverities } from '@quarterdeck/contract';
import * as z from 'zod';
import { readPreferences } from '../../preferences/preferences.ts';

/** From where a log is read: so many lines of each container, so far back, or all that there is. */
export const logStarts = ['100', '1000', '10000', '5m', '15m', '1h', 'all'] as const;

export const timeForms = ['off', 'local', 'utc', 'relative'] as const;
export type TimeForm = (typeof timeForms)[number];

/** A severity, or `none` for lines that say none. */
export const severityChoices = [...logSeverities.toReversed(), 'none'] as const;
export type SeverityChoice = (typeof severityChoices)[number];

const logTargetSchema = z.object({
  namespace: z.string().min(1),
  /** As the routes take it: `Pod`, `Deployment.apps`. */
  kind: z.string().min(1),
  name: z.string().min(1),
});
export type LogTarget = z.infer<typeof logTargetSchema>;

/** A line to jump to. */
const logPlaceSchema = z.object({
  /** RFC 3339; null where it is not known. */
  time: z.string().min(1).nullable(),
  /** What the line says, or how it begins; empty where only the time is known. */
  text: z.string(),
});
export type LogPlace = z.infer<typeof logPlaceSchema>;

const patterns = z.array(z.string().min(1).max(500)).max(10);

/** All that a log view shows and how: what its tab keeps and its address says. */
export const logSubjectSchema = z.object({
  targets: z.array(logTargetSchema).min(1).max(20),
  /** A scope, or containers by name. */
  containers: z.union([z.enum(containerScopes), z.array(z.string().min(1)).min(1).max(20)]),
  from: z.enum(logStarts),
  previous: z.boolean(),
  include: patterns,
  exclude: patterns,
  /** Only these; all where there are none. */
  severities: z.array(z.enum(severityChoices)),
  /** Lines around each match. */
  context: z.number().int().min(0).max(20),
  /** Fields of structured lines that have a column. */
  fields: z.array(z.string().min(1)).max(12),
  time: z.enum(timeForms),
  wrap: z.boolean(),
  /** Where the view opens; it then reads what is around, of the run before as well. */
  at: logPlaceSchema.nullable(),
});
export type LogSubject = z.infer<typeof logSubjectSchema>;

/** What a view of these objects begins with. */
export function logSubject(targets: readonly LogTarget[], differing: Partial<LogSubject> = {}): LogSubject {
  return { ...defaults, time: readPreferences().zone, targets: [...targets], ...differing };
}

const defaults: Omit<LogSubject, 'targets' | 'time'> = {
  containers: 'default',
  from: '1000',
  previous: false,
  include: [],
  exclude: [],
  severities: [],
  context: 0,
  fields: [],
  wrap: true,
  at: null,
};

/** The log around one moment, without what would hide lines. */
export function subjectAround(subject: LogSubject, at: LogPlace): LogSubject {
  return { ...subject, previous: false, include: [], exclude: [], severities: [], context: 0, at };
}

/** Whether two views show the log of the same things, however they show it. */
export function sameLog(a: LogSubject, b: LogSubject): boolean {
  const key = ({ targets, previous, at }: LogSubject) => JSON.stringify([targets, previous, at]);
  return key(a) === key(b);
}
