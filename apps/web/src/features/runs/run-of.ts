import type { Column, HealthState, ObjectRef, Row } from '@quarterdeck/contract';

/** One run of a CronJob: a Job with how it went. */
export interface Run {
  object: ObjectRef;
  state: HealthState;
  stateText: string;
  completions: string;
  /** ISO 8601; null before it has begun. */
  started: string | null;
  completed: string | null;
  /** A Job that the controller made is named after the minute that it was scheduled for. */
  byHand: boolean;
}

/** The Jobs among the rows that are named as one of these, the latest first. */
export function runsOf(columns: readonly Column[], rows: readonly Row[], owned: ReadonlySet<string>, cronJob: string): Run[] {
  const place = (id: string) => columns.findIndex((column) => column.id === id);
  const [status, completions, started, completed] = [place('status'), place('completions'), place('started'), place('completed')];
  const text = (row: Row, at: number) => (row.cells[at] == null ? null : String(row.cells[at]));
  return rows
    .filter(({ object }) => owned.has(object.name))
    .map((row) => ({
      object: row.object,
      state: row.state,
      stateText: text(row, status) ?? '',
      completions: text(row, completions) ?? '',
      started: text(row, started),
      completed: text(row, completed),
      byHand: !(row.object.name.startsWith(`${cronJob}-`) && /^\d+$/.test(row.object.name.slice(cronJob.length + 1))),
    }))
    .sort((a, b) => (b.started ?? '9').localeCompare(a.started ?? '9'));
}
