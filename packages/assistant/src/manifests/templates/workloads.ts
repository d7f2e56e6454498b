import type { Template, Wanted } from '../wanted.ts';
import { isExposed, ports } from './network.ts';
import { labelsOf, metadata, nameOf, parameter, podParameters, podTemplate } from './pod-template.ts';

const mentions =
  (pattern: RegExp) =>
  ({ text }: Wanted) =>
    pattern.test(text);

export const cronJob: Template = {
  id: 'cron-job',
  example: 'a nightly backup job from registry.example.com/backup:2 running "backup --all"',
  fits: (wanted) => wanted.schedule !== null || /\bcron ?job\b/i.test(wanted.text),
  make(wanted) {
    const name = nameOf(wanted);
    const schedule = wanted.schedule ?? '0 3 * * *';
    const jobTemplate = { spec: { backoffLimit: 2, template: podTemplate(wanted, { listens: false, restartPolicy: 'Never' }) } };
    const spec = { schedule, concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3, jobTemplate };
    return {
      objects: [{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: metadata(wanted, name), spec }],
      parameters: [...podParameters(wanted, false), parameter('schedule', wanted.schedule, schedule), parameter('command', wanted.command, "the image's own")],
    };
  },
};

export const job: Template = {
  id: 'job',
  example: 'a job from registry.example.com/migrate:7 running "migrate up"',
  fits: mentions(/\b(?:job|run once|one-?off|migration)\b/i),
  make(wanted) {
    const spec = { backoffLimit: 2, ttlSecondsAfterFinished: 86_400, template: podTemplate(wanted, { listens: false, restartPolicy: 'Never' }) };
    return {
      objects: [{ apiVersion: 'batch/v1', kind: 'Job', metadata: metadata(wanted, nameOf(wanted)), spec }],
      parameters: [...podParameters(wanted, false), parameter('command', wanted.command, "the image's own")],
    };
  },
};

/** Where well-known databases keep their data. */
const dataFolders: readonly (readonly [RegExp, string])[] = [
  [/postgres/, '/var/lib/postgresql/data'],
  [/mysql|mariadb/, '/var/lib/mysql'],
  [/mongo/, '/data/db'],
];

export const statefulSet: Template = {
  id: 'stateful-set',
  example: 'a postgres:17 database with 10Gi storage and POSTGRES_PASSWORD=change-me',
  fits: (wanted) => wanted.storage !== null || /\b(?:stateful ?set|stateful|database|persistent)\b/i.test(wanted.text),
  make(wanted) {
    const name = nameOf(wanted);
    const storage = wanted.storage ?? '10Gi';
    const mountPath = wanted.mountPath ?? dataFolders.find(([image]) => image.test(wanted.image ?? ''))?.[1] ?? '/data';
    const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } };
    const template = podTemplate(wanted, { listens: true, mounts: [{ name: 'data', mountPath }] });
    const spec = { serviceName: name, replicas: wanted.replicas ?? 1, selector: { matchLabels: labelsOf(name) }, template, volumeClaimTemplates: [claim] };
    const service = { clusterIP: 'None', selector: labelsOf(name), ports: ports(wanted) };
    return {
      objects: [
        { apiVersion: 'v1', kind: 'Service', metadata: metadata(wanted, name), spec: service },
        { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: metadata(wanted, name), spec },
      ],
      parameters: [
        ...podParameters(wanted, true),
        parameter('replicas', wanted.replicas, 1),
        parameter('storage', wanted.storage, storage),
        parameter('mounted at', wanted.mountPath, mountPath),
      ],
    };
  },
};

export const deployment: Template = {
  id: 'deployment',
  example: 'a web app with 3 replicas from nginx:1.27 behind an ingress at shop.example.com',
  fits: (wanted) => wanted.image !== null || /\b(?:deployment|app|application|api|server|worker|web ?site|frontend|backend)\b/i.test(wanted.text),
  make(wanted) {
    const name = nameOf(wanted);
    const listens = isExposed(wanted);
    const replicas = wanted.replicas ?? 2;
    const spec = { replicas, selector: { matchLabels: labelsOf(name) }, template: podTemplate(wanted, { listens }) };
    return {
      objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata(wanted, name), spec }],
      parameters: [...podParameters(wanted, listens), parameter('replicas', wanted.replicas, replicas)],
    };
  },
};
