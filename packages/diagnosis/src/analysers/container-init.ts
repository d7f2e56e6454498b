import type { ObjectRef } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { configuredCalls, podsBehind } from '../pods/called-services.ts';
import { containerLog } from '../pods/container-log.ts';
import { containersOf, isLive, isReady, type Pod } from '../pods/containers.ts';
import { evidence, timeOf } from '../pods/evidence.ts';
import { tellingEvidence, tellingFacts, tellingLine } from '../pods/telling-facts.ts';
import { podRef, severityFor } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type InitStuckFacts = { container: string; line: string | null };

export const containerInitStuck = defineCode<InitStuckFacts>({
  code: 'container-init-stuck',
  title: 'Init container does not end',
  documentation:
    'An init container runs and does not end, so the containers of the pod never start. Most often it waits in a loop for a host, a file or a migration that never comes; its log says for what.',
  silentWhen: 'The init container has been at work for less than five minutes and neither repeats itself nor calls a Service that cannot answer.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 0,
  message: (facts) => `Init container ${facts.container} does not end, the pod waits in Init.${facts.line === null ? '' : ` Log: ${facts.line}`}`,
});

/** A loop that says the same again and again is known early; silence only after minutes. */
const loopMs = 30_000;
const silentMs = 5 * 60_000;
const loopCount = 3;

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (!isLive(pod)) return;
  for (const container of containersOf(pod)) {
    const started = timeOf(container.status?.state?.running?.startedAt);
    if (!container.init || started === null || !view.passed(started + loopMs)) continue;
    const log = containerLog(pod, container.name, view);
    const loops = log !== null && tellingFacts(log.reading.facts).some((fact) => fact.count >= loopCount);
    if (!loops && !callsInVain(pod, container.name, view) && !view.passed(started + silentMs)) continue;
    const object = podRef(pod);
    const text = `Init container ${container.name} has been running since ${container.status?.state?.running?.startedAt}`;
    yield {
      code: containerInitStuck.code,
      object,
      discriminator: container.name,
      severity: severityFor(pod, view),
      since: started,
      facts: { container: container.name, line: tellingLine(log) },
      evidence: [
        ...tellingEvidence(log),
        evidence({ source: 'status', object, container: container.name, path: 'status.initContainerStatuses[].state.running', text }),
      ],
    };
  }
}

/** Whether its command names a Service that does not exist or has nothing ready behind it. */
function callsInVain(pod: Pod, container: string, view: ClusterView): boolean {
  const targets = configuredCalls(pod, view).flatMap(({ to, detail }) => (detail.container === container ? [to] : []));
  return targets.some(
    (target) => view.isMissing(target) || (target.kind === 'Service' && hasSelector(target, view) && !podsBehind(target, view).some(isReady)),
  );
}

function hasSelector(service: ObjectRef, view: ClusterView): boolean {
  return Object.keys(view.get('Service', service.namespace, service.name)?.spec?.selector ?? {}).length > 0;
}

export const containerInit = defineAnalyser({
  id: 'container-init',
  kind: 'Pod',
  reads: ['ReplicaSet', 'Job', 'Service'],
  codes: [containerInitStuck],
  analyse,
});
