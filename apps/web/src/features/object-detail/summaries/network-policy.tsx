import type { KindTypes } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { SelectorLink, selectorText } from '../parts/selector-link.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

type Spec = NonNullable<KindTypes['NetworkPolicy']['spec']>;
type Peer = NonNullable<NonNullable<Spec['ingress']>[number]['from']>[number];
type Port = NonNullable<NonNullable<Spec['ingress']>[number]['ports']>[number];

interface Rule {
  peers: readonly Peer[];
  ports: readonly Port[];
}

function NetworkPolicySummary({ object: { spec, metadata } }: SummaryProps<KindTypes['NetworkPolicy']>) {
  const messages = useMessages().objectSummary;
  const types = spec?.policyTypes ?? ['Ingress'];
  const picked = selectorText(spec?.podSelector ?? {});
  return (
    <>
      <Facts>
        <Fact label={messages.appliesTo}>
          {picked === '' ? messages.allPods(metadata.namespace ?? '') : <SelectorLink selector={spec?.podSelector ?? {}} namespace={metadata.namespace} />}
        </Fact>
        <Fact label={messages.policyTypes}>{types.join(', ')}</Fact>
      </Facts>
      {types.includes('Ingress') && (
        <RulesPart
          title={messages.mayReach}
          none={messages.nobodyIn}
          rules={(spec?.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }))}
        />
      )}
      {types.includes('Egress') && (
        <RulesPart
          title={messages.mayBeReached}
          none={messages.nobodyOut}
          rules={(spec?.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }))}
        />
      )}
    </>
  );
}

function RulesPart({ title, none, rules }: { title: string; none: string; rules: readonly Rule[] }) {
  const messages = useMessages().objectSummary;
  return (
    <Part title={title}>
      {rules.length === 0 && <p>{none}</p>}
      <ul className="flex flex-col gap-1">
        {rules.map(({ peers, ports }) => {
          const who = peers.length === 0 ? messages.anybody : peers.map((peer) => messages.peer(peerParts(peer))).join(', ');
          const where = ports.length === 0 ? messages.anyPort : messages.onPorts(ports.map(portText).join(', '));
          return (
            <li key={`${who} ${where}`} className="break-words">
              {who} <span className="text-soft">{where}</span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function peerParts({ podSelector, namespaceSelector, ipBlock }: Peer) {
  return {
    pods: podSelector === undefined ? null : selectorText(podSelector),
    namespaces: namespaceSelector === undefined ? null : selectorText(namespaceSelector),
    block: ipBlock === undefined ? null : `${ipBlock.cidr}${(ipBlock.except ?? []).map((except) => ` − ${except}`).join('')}`,
  };
}

function portText({ port, endPort, protocol = 'TCP' }: Port): string {
  return `${port ?? '*'}${endPort === undefined ? '' : `–${endPort}`}/${protocol}`;
}

export const networkPolicySummary = defineSummary('NetworkPolicy', NetworkPolicySummary);
