import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, containerImages, containerNames, nameColumn, namespaceColumn, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

function health(object: KindTypes['CronJob']): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  if (object.spec?.suspend === true) return { state: 'paused', text: 'Suspended' };
  const active = object.status?.active?.length ?? 0;
  return { state: 'healthy', text: active > 0 ? `${active} active` : 'Scheduled' };
}

export const cronJob = defineKind('CronJob', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('schedule', 'Schedule', 'text', (object) => object.spec?.schedule),
    column('timeZone', 'Time zone', 'text', (object) => object.spec?.timeZone),
    column('suspend', 'Suspend', 'text', (object) => (object.spec?.suspend === true ? 'True' : 'False')),
    column('active', 'Active', 'number', (object) => object.status?.active?.length ?? 0),
    column('lastSchedule', 'Last schedule', 'time', (object) => object.status?.lastScheduleTime),
    column('lastSuccess', 'Last success', 'time', (object) => object.status?.lastSuccessfulTime),
    ageColumn,
    wide(column('containers', 'Containers', 'text', (object) => containerNames(object.spec?.jobTemplate.spec?.template.spec?.containers))),
    column('images', 'Images', 'text', (object) => containerImages(object.spec?.jobTemplate.spec?.template.spec?.containers)),
  ],
  health,
});
