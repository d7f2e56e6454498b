import { refKey, refOf } from '@quarterdeck/contract';
import { compareText } from '../resolve/compare-chains.ts';
import { backendPods, picksPods } from '../routing/service-backends.ts';
import { defineLint } from './define-lint.ts';

export const serviceSelectsSeveral = defineLint({
  code: 'service-selects-several',
  title: 'Service selects pods of workloads that listen elsewhere',
  documentation:
    'The selector matches pods of several workloads that do not declare the same ports: a part of the requests goes to a program that does not expect them. Select by a label that only one of them carries.',
  severity: 'low',
  silentWhen: 'The workloads declare the same ports (a canary beside the stable version), or none at all.',
  kind: 'Service',
  *check(service, view) {
    if (!picksPods(service)) return;
    const byOwner = Map.groupBy(backendPods(view, service), (pod) => refKey(view.topOwner(refOf(pod))));
    if (byOwner.size < 2) return;
    const faces = new Map([...byOwner.values()].flatMap(([pod]) => (pod === undefined ? [] : [[view.topOwner(refOf(pod)).name, portsOf(pod)]])));
    const distinct = new Set([...faces.values()].filter((ports) => ports !== ''));
    if (distinct.size > 1)
      yield {
        path: 'spec.selector',
        message: `It selects ${[...faces]
          .sort(([a], [b]) => compareText(a, b))
          .map(([name, ports]) => `${name} (${ports || 'no ports'})`)
          .join(' and ')}.`,
      };
  },
});

function portsOf(pod: { spec?: { containers?: { ports?: { containerPort: number }[] }[] } }): string {
  const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? []).map(({ containerPort }) => containerPort);
  return [...new Set(ports)].sort((a, b) => a - b).join(', ');
}

export const serviceChecks = [serviceSelectsSeveral];
