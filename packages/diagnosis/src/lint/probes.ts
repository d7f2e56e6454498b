import { selectorMatches } from '../graph/label-selector.ts';
import type { PodTemplate } from '../graph/pod-template.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { defineContainerLint, defineTemplateLint, lintedContainers } from './define-lint.ts';

const runs = new Set(['Job', 'CronJob']);

/** The Services of its namespace that send traffic to pods of this template. */
export function servicesOf({ holder, metadata }: PodTemplate, view: ClusterView): string[] {
  const own = metadata.labels ?? {};
  return view.list('Service', holder.namespace ?? '').flatMap(({ metadata: { name }, spec }) => {
    const selector = spec?.selector ?? {};
    return Object.keys(selector).length > 0 && selectorMatches({ matchLabels: selector }, own) ? [name] : [];
  });
}

export const readinessProbeMissing = defineTemplateLint({
  code: 'readiness-probe-missing',
  title: 'Behind a Service without a readiness probe',
  documentation:
    'A Service sends traffic to a pod as soon as its containers run, which is before the program listens: every rollout costs requests. A readiness probe says when it may.',
  severity: 'low',
  silentWhen: 'No Service selects the pods, or any container of the pod has a readiness probe or a readiness gate is set; pods of Jobs.',
  *check(template, view) {
    const { spec, holder, path } = template;
    const probed = lintedContainers(template).some(({ container }) => container.readinessProbe !== undefined) || (spec.readinessGates ?? []).length > 0;
    const [service] = probed || runs.has(holder.kind) ? [] : servicesOf(template, view);
    if (service !== undefined) yield { path, message: `Service ${service} sends traffic before the program listens: no container has a readiness probe.` };
  },
});

export const livenessProbeHasty = defineContainerLint({
  code: 'liveness-probe-hasty',
  title: 'Liveness probe that kills in a hurry',
  documentation:
    'The probe restarts the container after a pause of a few seconds, so that one slow garbage collection or a busy node is enough. Allow at least 10 s (failureThreshold times periodSeconds), and give a slow start its own startup probe.',
  severity: 'low',
  silentWhen: 'It fails over 5 s or more before the container is restarted.',
  *check({ container }) {
    const probe = container.livenessProbe;
    if (probe === undefined) return;
    const [period, failures, timeout] = [probe.periodSeconds ?? 10, probe.failureThreshold ?? 3, probe.timeoutSeconds ?? 1];
    if (period * failures < 5)
      yield { path: 'livenessProbe', message: `The container is restarted after ${period * failures} s without an answer (${failures} × ${period} s).` };
    else if (timeout > period)
      yield { path: 'livenessProbe.timeoutSeconds', message: `The probe waits ${timeout} s for an answer and is due every ${period} s.` };
  },
});

export const probeChecks = [readinessProbeMissing, livenessProbeHasty];
