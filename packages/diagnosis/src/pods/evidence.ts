import type { Evidence, ObjectRef } from '@quarterdeck/contract';
import type { LogFact } from '../logs/log-fact.ts';
import type { ObjectEvent } from '../view/cluster-view.ts';

type Piece = Pick<Evidence, 'source' | 'object' | 'text'> & Partial<Evidence>;

/** A piece of evidence; what is left out is null and does not decide. */
export function evidence(piece: Piece): Evidence {
  return { path: null, value: null, container: null, at: null, count: null, decisive: false, ...piece };
}

/** A value at a field: the text names the field and the value. */
export function fieldEvidence(object: ObjectRef, path: string, value: string | number, more: Partial<Evidence> = {}): Evidence {
  return evidence({ source: path.startsWith('status') ? 'status' : 'spec', object, path, value: String(value), text: `${path}: ${value}`, ...more });
}

export function eventEvidence(event: ObjectEvent, more: Partial<Evidence> = {}): Evidence {
  const times = event.count > 1 ? ` (${event.count} times)` : '';
  return evidence({
    source: 'event',
    object: event.object,
    text: `${event.reason}${times}: ${event.message.trim()}`,
    value: event.reason,
    at: new Date(event.at).toISOString(),
    count: Math.max(1, event.count),
    ...more,
  });
}

export function logEvidence(object: ObjectRef, container: string, fact: Pick<LogFact, 'line' | 'count' | 'lastAt'>, more: Partial<Evidence> = {}): Evidence {
  return evidence({ source: 'log', object, container, text: fact.line, value: fact.line, at: fact.lastAt, count: Math.max(1, fact.count), ...more });
}

export function absenceEvidence(object: ObjectRef, text: string): Evidence {
  return evidence({ source: 'absence', object, text, decisive: true });
}

/** Epoch milliseconds of a Kubernetes time; null where it is absent or not one. */
export function timeOf(time: string | null | undefined): number | null {
  const parsed = time === null || time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(parsed) ? null : parsed;
}
