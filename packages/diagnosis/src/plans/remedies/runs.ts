import { isKind, type KindTypes } from '@quarterdeck/contract';
import { numberFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, look, patchStep, proposal } from './step.ts';
import { workloadChange } from './workload-change.ts';

type CronJob = KindTypes['CronJob'];

function nextRun(name: string): string {
  return `The next run of CronJob ${name} succeeds.`;
}

/** Twice what earlier runs took, else four times the deadline that did not do. */
export const deadlineRemedy = defineRemedy({
  mechanisms: ['job-deadline-exceeded'],
  propose({ cause, facts }, view) {
    const [deadline, usual, path] = [numberFact(facts, 'deadline'), facts.usual, stringFact(facts, 'path') ?? ''];
    const longer = Math.max(deadline * 2, typeof usual === 'number' ? usual * 2 : deadline * 4);
    const change = workloadChange(
      {
        ref: cause,
        description: `Allow ${longer} seconds instead of ${deadline}`,
        change: [{ op: 'replace', path, value: longer }],
        undo: [{ op: 'replace', path, value: deadline }],
      },
      view,
    );
    const steps = change.steps.map((step) => ({ ...step, validation: nextRun(cause.name) }));
    return proposal(`Give the runs of ${cause.kind} ${cause.name} more time than ${deadline} s.`, steps, {
      decisions: change.decisions,
      assumptions: [
        typeof usual === 'number'
          ? `Runs that ended took up to ${usual} s.`
          : 'How long the work takes is not known: no run was ever done. If a pod could not even begin in time, its events say why.',
      ],
      recommendations: ['Set deadlines from measured durations, and alert on a CronJob whose last success is older than two periods.'],
    });
  },
});

/** Keeps the next failure, so that its log can be read. */
export const keepFailuresRemedy = defineRemedy({
  mechanisms: ['cronjob-runs-fail-unseen'],
  propose({ cause, facts }) {
    const [limit, ttl] = [numberFact(facts, 'failedJobsHistoryLimit'), facts.ttlSecondsAfterFinished];
    const ttlPath = 'spec.jobTemplate.spec.ttlSecondsAfterFinished';
    const short = typeof ttl === 'number' && ttl < 3600;
    const step = patchStep(
      { ref: cause, description: 'Keep the Job of the next failed run', impact: 'low' },
      [
        ...(limit === 0 ? [{ op: 'add' as const, path: 'spec.failedJobsHistoryLimit', value: 1 }] : []),
        ...(short ? [{ op: 'replace' as const, path: ttlPath, value: 86_400 }] : []),
      ],
      [
        ...(limit === 0 ? [{ op: 'replace' as const, path: 'spec.failedJobsHistoryLimit', value: 0 }] : []),
        ...(short ? [{ op: 'replace' as const, path: ttlPath, value: ttl }] : []),
      ],
    );
    return proposal(
      `Keep the failed runs of CronJob ${cause.name}, and read the log of the next one.`,
      [{ ...step, validation: `A failed Job of CronJob ${cause.name} stays, and the workbench says why it failed.` }],
      {
        evidenceToGather: [`The log of the next failed run: kubectl logs -n ${cause.namespace} job/NAME.`],
        recommendations: ['Keep at least one failed Job, and send logs where they outlive pods.'],
      },
    );
  },
});

export const scheduleRemedy = defineRemedy({
  mechanisms: ['cronjob-schedule-invalid', 'cronjob-runs-not-started', 'cronjob-run-hangs', 'job-runs-long'],
  propose({ cause, facts, mechanism }, view) {
    if (mechanism === 'cronjob-run-hangs' || mechanism === 'job-runs-long') {
      const job = stringFact(facts, 'job') ?? '';
      return proposal(
        `Find out why Job ${job} does not end; then end it, so that the next run may start.`,
        [look('Read what it says', inNamespace(cause, ['logs', `job/${job}`, '--tail=50']), 'It shows what it waits for.')],
        {
          decisions: [
            {
              description: `end Job ${job}`,
              command: commandLine(inNamespace(cause, ['delete', 'job', job])),
              destroys: 'The run that hangs with its pods and their logs; work that it had half done stays half done.',
            },
          ],
          recommendations: [`Set activeDeadlineSeconds in the jobTemplate of CronJob ${cause.name}, so that a run that hangs ends by itself.`],
        },
      );
    }
    const cronJob = view.get('CronJob', cause.namespace, cause.name);
    if (
      mechanism === 'cronjob-runs-not-started' &&
      /TooManyMissedTimes|FailedNeedsStart/.test(stringFact(facts, 'reason') ?? '') &&
      cronJob?.spec?.startingDeadlineSeconds === undefined
    ) {
      const path = 'spec.startingDeadlineSeconds';
      const step = patchStep(
        { ref: cause, description: 'Let it forget the runs that were missed more than an hour ago' },
        [{ op: 'add', path, value: 3600 }],
        [{ op: 'remove', path }],
      );
      return proposal(`Set startingDeadlineSeconds of CronJob ${cause.name}, as its controller asks.`, [{ ...step, validation: nextRun(cause.name) }]);
    }
    if (mechanism === 'cronjob-schedule-invalid')
      return { missing: [`When CronJob ${cause.name} should run: ${stringFact(facts, 'schedule')} cannot be used (${stringFact(facts, 'message')}).`] };
    return { missing: [`Why the CronJob controller does not start runs of ${cause.name}: the log of kube-controller-manager says it.`] };
  },
});

/** Makes the helper a sidecar that ends with the work: an init container with restartPolicy Always. */
export const sidecarRemedy = defineRemedy({
  mechanisms: ['sidecar-runs-on'],
  propose({ cause, facts }, view) {
    const workload = workloadAt(cause, view);
    const name = stringFact(facts, 'running');
    const index = workload?.spec.containers.findIndex((container) => container.name === name) ?? -1;
    const container = workload?.spec.containers[index];
    if (workload === null || container === undefined)
      return { missing: [`Which container of ${cause.kind} ${cause.name} does the work and which only helps.`] };
    const inits = workload.spec.initContainers ?? [];
    const sidecar = { ...container, restartPolicy: 'Always' };
    const change = workloadChange(
      {
        ref: cause,
        description: `Make ${name} a sidecar that ends with the work`,
        change: [
          { op: 'remove', path: `${workload.path}.containers[${index}]` },
          inits.length === 0
            ? { op: 'add', path: `${workload.path}.initContainers[0]`, value: sidecar }
            : { op: 'add', path: `${workload.path}.initContainers[-]`, value: sidecar },
        ],
        undo: [],
      },
      view,
    );
    const object = view.find(cause);
    const hanging = object !== undefined && isKind(object, 'CronJob') ? activeJobs(object) : [];
    return proposal(
      `Move ${name} among the init containers with restartPolicy Always: it then runs beside the work and ends with it.`,
      [look('See which containers still run', inNamespace(cause, ['get', 'pods']), 'The pod completes once the work is done.')],
      {
        decisions: [
          ...change.decisions,
          ...change.steps.map(({ description, kubectl }) => ({
            description,
            command: commandLine(kubectl ?? []),
            destroys: 'Nothing; runs from now on are made that way.',
          })),
          ...hanging.map((job) => ({
            description: `end the run that hangs, ${job}`,
            command: commandLine(inNamespace(cause, ['delete', 'job', job])),
            destroys: 'Its pods and their logs; its work is done.',
          })),
        ],
      },
    );
  },
});

function activeJobs(cronJob: CronJob): string[] {
  return (cronJob.status?.active ?? []).flatMap(({ name }) => name ?? []);
}
