import { refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { declaredPorts } from '../routing/pod-ports.ts';
import { distinguishingLabel, type SelectedOwner, strangersBehind } from '../routing/selected-owners.ts';
import { selectorText } from '../routing/service-state.ts';

/** `label` is what only the Service's own workloads carry (`key=value`); null where nothing tells them apart. */
export type StrangersFacts = {
  selector: string;
  own: readonly string[];
  strangers: readonly string[];
  ports: readonly string[];
  strangerPorts: readonly string[];
  reason: string;
  label: string | null;
};

export const serviceSelectsStrangers = defineCode<StrangersFacts>({
  code: 'service-selects-strangers',
  title: 'Service sends traffic to another application',
  documentation:
    'The selector of the Service matches the pods of a workload that does not serve what the Service is for: it listens on other ports, or is another program with a Service of its own. All connections, or a part of them, go to the wrong program.',
  silentWhen: 'The workloads are versions of one program (canary, blue and green), the Service is headless, or the pods do not say which ports they serve.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ selector, strangers, own, reason }) =>
    reason === 'instead'
      ? `The selector ${selector} matches the pods of ${strangers.join(', ')} instead of those of ${own.join(', ')}.`
      : `The selector ${selector} also matches the pods of ${strangers.join(', ')}, which do not serve it.`,
});

export const serviceSelectionAnalyser = defineAnalyser({
  id: 'service-selection',
  kind: 'Service',
  reads: ['Pod', 'ReplicaSet', 'Job'],
  codes: [serviceSelectsStrangers],
  *analyse(service, view) {
    const found = strangersBehind(service, view);
    if (found === null || service.metadata.deletionTimestamp !== undefined) return;
    const object = refOf(service);
    const label = distinguishingLabel(found);
    const facts = {
      selector: selectorText(service),
      own: found.own.map(nameOf),
      strangers: found.strangers.map(nameOf),
      ports: (service.spec?.ports ?? []).map((port) => String(port.targetPort ?? port.port)),
      strangerPorts: [...new Set(found.strangers.flatMap(portsOf))],
      reason: found.reason,
      label: label === null ? null : `${label.key}=${label.value}`,
    };
    const seen = found.strangers.slice(0, 3).map((stranger) => {
      const ports = portsOf(stranger);
      const text = `${nameOf(stranger)} matches the selector and serves ${ports.length === 0 ? 'no port' : ports.join(', ')}`;
      return evidence({ source: 'spec', object: stranger.ref, path: 'spec.template.metadata.labels', text, decisive: true });
    });
    yield {
      code: serviceSelectsStrangers.code,
      object,
      discriminator: '',
      severity: found.reason === 'instead' ? 'high' : 'medium',
      since: null,
      concerns: found.strangers.map(({ ref }) => ref),
      facts,
      evidence: [fieldEvidence(object, 'spec.selector', facts.selector, { decisive: true }), ...seen],
    };
  },
});

function nameOf({ ref }: SelectedOwner): string {
  return `${ref.kind} ${ref.name}`;
}

function portsOf({ pods }: SelectedOwner): string[] {
  return [...new Set(pods.flatMap(declaredPorts).map(({ number }) => String(number)))];
}
