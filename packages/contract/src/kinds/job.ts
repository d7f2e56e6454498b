import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, containerImages, containerNames, nameColumn, namespaceColumn, selectorText, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { conditionOf, isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type Job = KindTypes['Job'];

function health(object: Job): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const is = (type: string) => conditionOf(object.status?.conditions, type)?.status === 'True';
  if (is('Complete') || is('SuccessCriteriaMet')) return { state: 'healthy', text: 'Complete' };
  if (is('Failed')) return { state: 'critical', text: conditionOf(object.status?.conditions, 'Failed')?.reason ?? 'Failed' };
  if (is('FailureTarget')) return { state: 'high', text: 'FailureTarget' };
  if (object.spec?.suspend === true) return { state: 'paused', text: 'Suspended' };
  if ((object.status?.failed ?? 0) > 0) return { state: 'medium', text: `Running, ${object.status?.failed} failed` };
  return { state: 'pending', text: 'Running' };
}

function completions(object: Job): string {
  const done = object.status?.succeeded ?? 0;
  if (object.spec?.completions !== undefined) return `${done}/${object.spec.completions}`;
  const parallelism = object.spec?.parallelism ?? 1;
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

export const job = defineKind('Job', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('status', 'Status', 'status', (object) => health(object).text),
    column('completions', 'Completions', 'text', completions),
    column('started', 'Started', 'time', (object) => object.status?.startTime),
    column('completed', 'Completed', 'time', (object) => object.status?.completionTime),
    ageColumn,
    wide(column('containers', 'Containers', 'text', (object) => containerNames(object.spec?.template.spec?.containers))),
    column('images', 'Images', 'text', (object) => containerImages(object.spec?.template.spec?.containers)),
    wide(column('selector', 'Selector', 'text', (object) => selectorText(object.spec?.selector))),
  ],
  health,
});
