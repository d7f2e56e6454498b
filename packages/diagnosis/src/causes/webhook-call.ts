import { refLabel, refTo, sameRef } from '@quarterdeck/contract';
import { type FoundWebhook, findWebhook } from '../admission/find-webhook.ts';
import { parseRefusal } from '../admission/refusal.ts';
import { webhookTrustUnusable } from '../analysers/webhook-trust.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { isReady } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { selectedWorkloads } from '../routing/selector-near-miss.ts';
import { backendPods } from '../routing/service-backends.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, stringFact, upstream } from './explain.ts';

const rule = 'webhook-call';

export type CallFacts = { webhook: string; failurePolicy: string; detail: string; service: string; serviceNamespace: string; decisive: string; index: number };

function mechanism(id: string, title: (facts: CallFacts) => string, why: (facts: CallFacts) => string): Mechanism<CallFacts> {
  return defineMechanism({
    id,
    title: (facts) => title(facts),
    sentence: (facts, object) =>
      `${object.kind} ${object.name} (failurePolicy ${facts.failurePolicy}) stops what it is for: ${why(facts)}. The API server says: ${facts.detail}.`,
  });
}

const behind = ({ service, serviceNamespace }: CallFacts) => (service === '' ? 'its address' : `Service ${serviceNamespace}/${service}`);

const untrusted = mechanism(
  'webhook-certificate-untrusted',
  (facts) => `Webhook ${facts.webhook}: its caBundle did not sign the certificate it serves`,
  (facts) => `the certificate that ${behind(facts)} serves is not signed by the caBundle of webhook ${facts.webhook}`,
);
const expired = mechanism(
  'webhook-certificate-expired',
  (facts) => `Webhook ${facts.webhook} serves a certificate that is not valid now`,
  (facts) => `the certificate that ${behind(facts)} serves for webhook ${facts.webhook} has expired or is not valid yet`,
);
const otherHost = mechanism(
  'webhook-certificate-host',
  (facts) => `Webhook ${facts.webhook} serves a certificate for another name`,
  (facts) => `the certificate that ${behind(facts)} serves for webhook ${facts.webhook} is for another name (${facts.decisive})`,
);
const timesOut = mechanism(
  'webhook-times-out',
  (facts) => `Webhook ${facts.webhook} does not answer within ${facts.decisive}`,
  (facts) => `webhook ${facts.webhook} (${behind(facts)}) does not answer within its timeout of ${facts.decisive}`,
);
const pathMissing = mechanism(
  'webhook-path-missing',
  (facts) => `Webhook ${facts.webhook} calls path ${facts.decisive}, which its backend does not know`,
  (facts) => `webhook ${facts.webhook} calls path ${facts.decisive} of ${behind(facts)}, and the program there does not know it`,
);
const portClosed = mechanism(
  'webhook-port-closed',
  (facts) => `Nothing listens where webhook ${facts.webhook} calls`,
  (facts) => `nothing listens on the port that ${behind(facts)} leads webhook ${facts.webhook} to (${facts.decisive})`,
);
const callFails = mechanism(
  'webhook-call-fails',
  (facts) => `Webhook ${facts.webhook} cannot be called`,
  (facts) => `its webhook ${facts.webhook} cannot be called`,
);

const blocksItself = mechanism(
  'webhook-blocks-itself',
  (facts) => `Webhook ${facts.webhook} must be asked before its own pods may start`,
  (facts) =>
    `webhook ${facts.webhook} must be asked about the pods that are to answer it (${behind(facts)}), so that none can ever start; its namespaceSelector does not leave out ${facts.decisive}`,
);

/** What the dispatcher of the API server, or the TLS library below it, says. The first that fits is meant. */
const readings: readonly [RegExp, Mechanism<CallFacts>][] = [
  [/certificate (?:has expired|is not yet valid)|expired certificate/, expired],
  [/certificate is (?:not )?valid for|not .*valid for any names|doesn't contain any IP SANs|relies on legacy Common Name/, otherHost],
  [/unknown authority|failed to verify certificate|self[- ]signed|x509:/, untrusted],
  [/context deadline exceeded|Client\.Timeout|i\/o timeout|timeout awaiting/, timesOut],
  [/could not find the requested resource|404/, pathMissing],
  [/connection refused/, portClosed],
];

/** A pod that cannot be created because a webhook cannot be asked. */
export const webhookCallRule = defineRule({
  id: rule,
  explains: ['workload-replica-failure'],
  mechanisms: [untrusted, expired, otherHost, timesOut, pathMissing, portClosed, callFails, blocksItself],
  *explain(finding, view): Iterable<Explanation> {
    const refusal = parseRefusal(stringFact(finding.facts, 'message') ?? '');
    const found = refusal?.kind === 'webhook-call' ? findWebhook(refusal.webhook, { namespace: finding.object.namespace, detail: refusal.detail }, view) : null;
    if (refusal?.kind !== 'webhook-call' || found === null) return;
    if (isOwnBackend(finding, found, view)) {
      const facts = { ...factsOf(found, blocksItself, refusal.detail), decisive: `namespace ${finding.object.namespace}` };
      const seen = [
        fieldEvidence(found.ref, `webhooks[${found.index}].namespaceSelector`, facts.decisive, {
          decisive: true,
          text: `It is for ${facts.decisive}, where its own pods run`,
        }),
      ];
      yield endsAt({ rule, finding, mechanism: blocksItself, object: found.ref, facts, strength: 'certain', evidence: [...seen, ...finding.evidence] });
      return;
    }
    const causes = view.findingsOn(found.ref).filter(({ discriminator }) => discriminator === refusal.webhook);
    for (const cause of causes) yield upstream(finding, cause, { rule, strength: 'certain' });
    if (causes.some(({ code }) => code !== webhookTrustUnusable.code)) return;
    const how = readings.find(([pattern]) => pattern.test(refusal.detail))?.[1] ?? callFails;
    yield* deeper(finding, found, how, view);
    const facts = factsOf(found, how, refusal.detail);
    const seen =
      how === callFails ? finding.evidence : [fieldEvidence(found.ref, fieldOf(how, found.index), facts.decisive, { decisive: true }), ...finding.evidence];
    yield endsAt({ rule, finding, mechanism: how, object: found.ref, facts, strength: how === callFails ? 'likely' : 'certain', evidence: seen });
  },
});

/** Whether the pods that cannot be created are those that should answer. */
function isOwnBackend(finding: IdentifiedFinding, { webhook }: FoundWebhook, view: RuleView): boolean {
  const target = webhook.clientConfig.service;
  const service = target === undefined || target.namespace !== finding.object.namespace ? undefined : view.get('Service', target.namespace, target.name);
  if (service === undefined || backendPods(view, service).some(isReady)) return false;
  const own = view.topOwner(finding.object);
  return selectedWorkloads(view, service).some((workload) => sameRef(workload, own));
}

/** What is wrong with the Service, or with the Secret whose certificate its pods serve, is the cause of the cause. */
function* deeper(finding: IdentifiedFinding, { webhook }: FoundWebhook, how: Mechanism<CallFacts>, view: RuleView): Iterable<Explanation> {
  const target = webhook.clientConfig.service;
  const service = target === undefined ? undefined : view.get('Service', target.namespace, target.name);
  if (target === undefined || service === undefined) return;
  const pods = backendPods(view, service).map((pod) => refTo('Pod', pod.metadata.namespace ?? null, pod.metadata.name));
  const secrets = pods.flatMap((pod) => view.outgoing(pod, 'mounts').filter(({ to }) => to.kind === 'Secret')).map(({ to }) => to);
  const suspects = how === expired ? secrets : how === portClosed || how === timesOut ? [refTo('Service', target.namespace, target.name), ...pods] : [];
  const seen = new Set<string>();
  for (const suspect of suspects) {
    if (seen.has(refLabel(suspect))) continue;
    seen.add(refLabel(suspect));
    for (const cause of view.findingsOn(suspect)) yield upstream(finding, cause, { rule, strength: 'certain', evidence: finding.evidence });
  }
}

function factsOf({ webhook, index }: FoundWebhook, how: Mechanism<CallFacts>, detail: string): CallFacts {
  const { service, url, caBundle } = webhook.clientConfig;
  const text = detail.replace(/^.*?: (?=\w+ "https?:)/, '').replace(/[.\s]+$/, '');
  const decisive: Readonly<Record<string, string>> = {
    [timesOut.id]: `${webhook.timeoutSeconds ?? 10} s`,
    [pathMissing.id]: service?.path ?? '/',
    [portClosed.id]: `port ${service?.port ?? 443}`,
    [untrusted.id]: caBundle === undefined || caBundle === '' ? 'no caBundle' : 'another authority',
    [otherHost.id]: /certificate is valid for ([^"]+)/.exec(detail)?.[1] ?? 'see below',
    [expired.id]: /current time \S+ is (?:after|before) \S+/.exec(detail)?.[0] ?? 'not valid now',
  };
  return {
    webhook: webhook.name,
    failurePolicy: webhook.failurePolicy ?? 'Fail',
    detail: text,
    service: service?.name ?? '',
    serviceNamespace: service?.namespace ?? url ?? '',
    decisive: decisive[how.id] ?? '',
    index,
  };
}

function fieldOf(how: Mechanism<CallFacts>, index: number): string {
  const fields: Readonly<Record<string, string>> = {
    [timesOut.id]: 'timeoutSeconds',
    [pathMissing.id]: 'clientConfig.service.path',
    [portClosed.id]: 'clientConfig.service.port',
  };
  return `webhooks[${index}].${fields[how.id] ?? 'clientConfig.caBundle'}`;
}

export const trustOver = defineMechanism<{ webhook: string; failurePolicy: string; until: string | null }>({
  id: 'webhook-trust-over',
  title: (facts, object) =>
    `Webhook ${object.name} trusts an authority that ${facts.until === null ? 'is no certificate' : `ended on ${facts.until.slice(0, 10)}`}`,
  sentence: (facts, object) =>
    `The caBundle of webhook ${facts.webhook} of ${object.kind} ${object.name} ${facts.until === null ? 'holds no certificate' : `ended on ${facts.until.slice(0, 10)}`}, so the API server cannot call it. With failurePolicy ${facts.failurePolicy} ${facts.failurePolicy === 'Ignore' ? 'the check is skipped' : 'every request it is for is refused'}.`,
});

export const webhookTrustRule = defineRule({
  id: 'webhook-trust',
  explains: [webhookTrustUnusable.code],
  mechanisms: [trustOver],
  *explain(finding): Iterable<Explanation> {
    const facts = {
      webhook: stringFact(finding.facts, 'webhook') ?? '',
      failurePolicy: stringFact(finding.facts, 'failurePolicy') ?? 'Fail',
      until: stringFact(finding.facts, 'until'),
    };
    yield endsAt({ rule: 'webhook-trust', finding, mechanism: trustOver, object: finding.object, facts, strength: 'certain', evidence: finding.evidence });
  },
});
