import { containerScopes } from '@quarterdeck/contract';
import { type LogSubject, logStarts, logSubject, logSubjectSchema, severityChoices, timeForms } from './log-subject.ts';

/** A log view in the URL: texts that people can read and write. What is as usual is left out. */
export interface LogsSearch {
  /** `Deployment.apps/shop/api`, several with commas between. */
  of?: string | undefined;
  /** `regular`, `all`, or names with commas between after `:`. */
  containers?: string | undefined;
  from?: string | undefined;
  previous?: 'true' | undefined;
  /** Expressions, one a line. */
  include?: string | undefined;
  exclude?: string | undefined;
  severity?: string | undefined;
  context?: string | undefined;
  fields?: string | undefined;
  time?: string | undefined;
  wrap?: 'false' | undefined;
  /** The moment to open at, and what the line there says. */
  at?: string | undefined;
  text?: string | undefined;
}

export function searchOf(subject: LogSubject): LogsSearch {
  const usual = logSubject(subject.targets);
  const unless = <Value extends string>(value: Value, isUsual: boolean): Value | undefined => (isUsual ? undefined : value);
  return {
    of: subject.targets.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`).join(','),
    containers: typeof subject.containers === 'string' ? unless(subject.containers, subject.containers === 'default') : `:${subject.containers.join(',')}`,
    from: unless(subject.from, subject.from === usual.from),
    previous: subject.previous ? 'true' : undefined,
    include: unless(subject.include.join('\n'), subject.include.length === 0),
    exclude: unless(subject.exclude.join('\n'), subject.exclude.length === 0),
    severity: unless(subject.severities.join(','), subject.severities.length === 0),
    context: unless(String(subject.context), subject.context === 0),
    fields: unless(subject.fields.join(','), subject.fields.length === 0),
    time: unless(subject.time, subject.time === usual.time),
    wrap: subject.wrap ? undefined : 'false',
    at: subject.at?.time ?? undefined,
    text: subject.at?.text,
  };
}

type Raw = Record<string, unknown>;

/** Keeps the texts that a log view has, drops the rest; what they say is read by `subjectOf`. */
export function readLogsSearch(raw: Raw): LogsSearch {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const search: LogsSearch = {
    of: text('of'),
    containers: text('containers'),
    from: text('from'),
    previous: raw.previous === 'true' ? 'true' : undefined,
    include: text('include'),
    exclude: text('exclude'),
    severity: text('severity'),
    context: text('context'),
    fields: text('fields'),
    time: text('time'),
    wrap: raw.wrap === 'false' ? 'false' : undefined,
    at: text('at'),
    text: text('text'),
  };
  for (const [name, value] of Object.entries(search)) if (value === undefined) Reflect.deleteProperty(search, name);
  return search;
}

/** Null where the address names nothing that has a log. A part that can't be read is as usual. */
export function subjectOf(search: LogsSearch): LogSubject | null {
  const targets = list(search.of).flatMap((part) => {
    const [kind = '', namespace = '', name = '', ...more] = part.split('/');
    return more.length === 0 && kind !== '' && namespace !== '' && name !== '' ? [{ kind, namespace, name }] : [];
  });
  const usual = logSubject(targets);
  const parsed = logSubjectSchema.safeParse({
    ...usual,
    containers: containersOf(search.containers) ?? usual.containers,
    from: oneOf(logStarts, search.from) ?? usual.from,
    previous: search.previous === 'true',
    include: list(search.include, '\n'),
    exclude: list(search.exclude, '\n'),
    severities: list(search.severity).flatMap((name) => oneOf(severityChoices, name) ?? []),
    context: Number(/^\d{1,2}$/.exec(search.context ?? '')?.[0] ?? 0),
    fields: list(search.fields),
    time: oneOf(timeForms, search.time) ?? usual.time,
    wrap: search.wrap !== 'false',
    at: placeOf(search),
  });
  return parsed.success ? parsed.data : null;
}

function placeOf({ at, text = '' }: LogsSearch): LogSubject['at'] {
  const time = at === undefined || Number.isNaN(Date.parse(at)) ? null : at;
  return time === null && text === '' ? null : { time, text };
}

function containersOf(text: string | undefined): LogSubject['containers'] | undefined {
  if (text?.startsWith(':') === true) return list(text.slice(1));
  return oneOf(containerScopes, text);
}

function list(text: string | undefined, separator = ','): string[] {
  return (text ?? '').split(separator).filter((part) => part !== '');
}

function oneOf<Name extends string>(names: readonly Name[], text: string | undefined): Name | undefined {
  return names.find((name) => name === text);
}
