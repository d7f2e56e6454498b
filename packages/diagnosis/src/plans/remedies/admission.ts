import { isKind, type ObjectRef } from '@quarterdeck/contract';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { listFact, stringFact } from '../../causes/explain.ts';
import type { Facts } from '../../model/finding.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { selectedWorkloads } from '../../routing/selector-near-miss.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, proposal } from './step.ts';

function look(description: string, kubectl: readonly string[], validation: string) {
  return { description, kubectl, validation, rollback: null, impact: 'none' as const };
}

/** The quota belongs to somebody: they are told the exact number. */
export const quotaRemedy = defineRemedy({
  mechanisms: ['quota-exceeded'],
  propose({ cause, facts }) {
    const [resource, needed, hard, workload] = ['resource', 'needed', 'hard', 'workload'].map((name) => stringFact(facts, name) ?? '');
    const patch = JSON.stringify({ spec: { hard: { [resource ?? '']: needed } } });
    return proposal(
      `Ask the owner of ResourceQuota ${cause.name} for ${resource} ${needed} (now ${hard}), or let ${workload} ask for less.`,
      [
        look(
          'See what the quota counts now',
          inNamespace(cause, ['describe', 'resourcequota', cause.name]),
          `${resource} has room for all pods of ${workload}.`,
        ),
      ],
      {
        decisions: [
          {
            description: `raise ${resource} of the quota from ${hard} to ${needed}`,
            command: commandLine(inNamespace(cause, ['patch', 'resourcequota', cause.name, '--type=merge', '-p', patch])),
            destroys: 'Nothing is deleted; the namespace may use more of what the cluster shares.',
          },
        ],
        evidenceToGather: [
          `What the running pods of ${workload} really use: ${commandLine(inNamespace(cause, ['top', 'pod']))}. If it is far less than they ask for, their requests can be lowered instead.`,
        ],
        recommendations: ['Watch used against hard of every quota and warn at 80 %, before a rollout meets the limit.'],
      },
    );
  },
});

export const boundsRemedy = defineRemedy({
  mechanisms: ['quota-requires-values', 'limit-range-refuses'],
  propose({ facts, mechanism }) {
    const workload = stringFact(facts, 'workload');
    if (mechanism === 'quota-requires-values')
      return {
        missing: [
          `How much the containers of ${workload} need: ResourceQuota ${stringFact(facts, 'quota')} demands ${listFact(facts, 'missing').join(', ')}. Set them in the template, or add a LimitRange with defaults.`,
        ],
      };
    return {
      missing: [
        `Which side gives way: LimitRange ${stringFact(facts, 'limitRange')} (${stringFact(facts, 'resource')} ${stringFact(facts, 'bound')}) or the resources of ${workload} (${stringFact(facts, 'asked') ?? 'not set'}). What the program really uses decides; kubectl top pod shows it where it runs.`,
      ],
    };
  },
});

/** Checks of the whole cluster are not changed by a plan; bringing back the program that answers them is. */
export const webhookRemedy = defineRemedy({
  mechanisms: [
    'webhook-backend-missing',
    'webhook-unavailable',
    'webhook-port-missing',
    'webhook-call-fails',
    'webhook-certificate-untrusted',
    'webhook-certificate-expired',
    'webhook-certificate-host',
    'webhook-times-out',
    'webhook-path-missing',
    'webhook-port-closed',
    'webhook-trust-over',
    'webhook-blocks-itself',
  ],
  propose(incident, view) {
    const { cause, facts, mechanism } = incident;
    const [service, namespace, webhook, meant] = ['service', 'serviceNamespace', 'webhook', 'meant'].map((name) => stringFact(facts, name));
    const object = view.find(cause);
    const webhooks =
      object !== undefined && (isKind(object, 'ValidatingWebhookConfiguration') || isKind(object, 'MutatingWebhookConfiguration'))
        ? (object.webhooks ?? [])
        : [];
    const index = Math.max(
      0,
      webhooks.findIndex(({ name }) => name === webhook),
    );
    const patch = (operation: object) => commandLine(['patch', cause.kind.toLowerCase(), cause.name, '--type=json', '-p', JSON.stringify([operation])]);
    const decisions = [
      {
        description: `let requests through while ${webhook} has no backend`,
        command: patch({ op: 'replace', path: `/webhooks/${index}/failurePolicy`, value: 'Ignore' }),
        destroys: 'What the webhook checks or changes is skipped until it is set back to Fail.',
      },
      {
        description: 'remove the webhook, if its program is gone for good',
        command: commandLine(['delete', cause.kind.toLowerCase(), cause.name]),
        destroys: 'The check is gone for the whole cluster.',
      },
    ];
    if (meant !== null && meant !== undefined)
      decisions.unshift({
        description: `call Service ${meant}, which exists`,
        command: patch({ op: 'replace', path: `/webhooks/${index}/clientConfig/service/name`, value: meant }),
        destroys: 'Nothing, if that Service answers for this webhook.',
      });
    if (mechanism === 'webhook-port-missing') decisions.unshift(...portDecision(cause, facts, index));
    if (mechanism === 'webhook-blocks-itself') decisions.unshift(leaveOut(namespace ?? '', webhooks[index]?.namespaceSelector, index, patch));
    const more: Partial<RemedyProposal> = {
      decisions,
      recommendations: [
        'Exclude the namespace of the webhook itself from it, run two replicas of it, and set failurePolicy Ignore for checks that may be late.',
      ],
    };
    const up = scaledDown(namespace ?? null, service ?? null, view);
    if (up !== null)
      return proposal(`Run the backend of webhook ${webhook} again.`, [up], { ...more, assumptions: ['It was not scaled to zero to switch the webhook off.'] });
    const check = look(
      `See what stands in namespace ${namespace}`,
      ['get', 'services,deployments', '-n', namespace ?? 'default'],
      `Service ${service} and its pods are there once the webhook works again.`,
    );
    if (mechanism === 'webhook-port-missing')
      return proposal(`Let webhook ${webhook} call a port that Service ${namespace}/${service} offers, or let the Service offer it.`, [check], more);
    return proposal(`Bring back Service ${namespace}/${service} and its pods, which webhook ${webhook} calls, or decide to do without it.`, [check], more);
  },
});

/** Excludes the webhook's own namespace, and keeps what its selector says besides. */
function leaveOut(namespace: string, selector: LabelSelector | undefined, index: number, patch: (operation: object) => string) {
  const own = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [namespace] };
  const value = { ...selector, matchExpressions: [...(selector?.matchExpressions ?? []), own] };
  return {
    description: `leave namespace ${namespace} out of the webhook, so that its own pods can start`,
    command: patch({ op: 'add', path: `/webhooks/${index}/namespaceSelector`, value }),
    destroys: `What the webhook checks or changes is not checked in namespace ${namespace}.`,
  };
}

/** The port that the Service offers, where it offers one. */
function portDecision(cause: ObjectRef, facts: Facts, index: number): RemedyProposal['decisions'] {
  const offered = listFact(facts, 'offered').map((port) => Number.parseInt(port, 10));
  const [port] = offered;
  if (port === undefined || offered.length > 1) return [];
  const operation = [{ op: 'add', path: `/webhooks/${index}/clientConfig/service/port`, value: port }];
  return [
    {
      description: `call port ${port}, the only one that Service ${stringFact(facts, 'service')} offers`,
      command: commandLine(['patch', cause.kind.toLowerCase(), cause.name, '--type=json', '-p', JSON.stringify(operation)]),
      destroys: 'Nothing, if that port answers for this webhook.',
    },
  ];
}

function scaledDown(namespace: string | null, name: string | null, view: ClusterView) {
  const service = name === null ? undefined : view.get('Service', namespace, name);
  const [workload] = service === undefined ? [] : selectedWorkloads(view, service).filter(({ kind }) => kind === 'Deployment');
  if (workload === undefined || view.get('Deployment', workload.namespace, workload.name)?.spec?.replicas !== 0) return null;
  return {
    description: `Run one replica of Deployment ${workload.name}`,
    kubectl: inNamespace(workload, ['scale', `deployment/${workload.name}`, '--replicas=1']),
    validation: `${commandLine(inNamespace(workload, ['rollout', 'status', `deployment/${workload.name}`, '--timeout=180s']))} ends with success.`,
    rollback: null,
    impact: 'low' as const,
  };
}

export const finalizerRemedy = defineRemedy({
  mechanisms: ['finalizer-holds'],
  propose(incident: Incident) {
    const { cause, facts } = incident;
    const finalizers = listFact(facts, 'finalizers');
    const owner = stringFact(facts, 'owner');
    const type = cause.kind.toLowerCase();
    return proposal(
      `Let whoever owns ${finalizers.join(', ')} finish; ${owner === null ? 'its operator is not seen in the cluster' : `that should be ${owner}`}.`,
      [
        look(
          'Read what holds the object',
          inNamespace(cause, cause.kind === 'Secret' ? ['describe', type, cause.name] : ['get', type, cause.name, '-o', 'yaml']),
          'metadata.finalizers gets empty and the object goes.',
        ),
      ],
      {
        decisions: [
          {
            description: `take the finalizer away without what it waits for, if its operator will never come back`,
            command: commandLine(inNamespace(cause, ['patch', type, cause.name, '--type=json', '-p', '[{"op":"remove","path":"/metadata/finalizers"}]'])),
            destroys: `${cause.kind} ${cause.name} is deleted at once, and what the finalizer guards (${finalizers.join(', ')}: a backup, an external resource) is never cleaned up.`,
          },
        ],
        evidenceToGather: [`Whether an operator for ${finalizers.join(', ')} should run in this cluster, and its log.`],
        recommendations: ['Remove what an operator manages before the operator itself.'],
      },
    );
  },
});

export const certificateRemedy = defineRemedy({
  mechanisms: ['certificate-expired', 'certificate-expiring', 'certificate-not-yet-valid', 'certificate-key-mismatch'],
  propose({ cause, facts }, view) {
    const renew = `${commandLine(inNamespace(cause, ['create', 'secret', 'tls', cause.name, '--cert=tls.crt', '--key=tls.key', '--dry-run=client', '-o', 'yaml']))} | kubectl apply -f -`;
    const managed = Object.keys(view.find(cause)?.metadata.annotations ?? {}).some((key) => key.startsWith('cert-manager.io/'));
    const readers = [
      ...new Set(
        [...view.incoming(cause, 'mounts'), ...view.incoming(cause, 'reads')]
          .map(({ from }) => view.topOwner(from))
          .filter(({ kind }) => kind !== 'Ingress')
          .map(({ kind, name }) => `${kind.toLowerCase()}/${name}`),
      ),
    ];
    const restart =
      readers.length === 0
        ? ''
        : ` Then restart what reads it: ${readers.map((name) => commandLine(inNamespace(cause, ['rollout', 'restart', name]))).join('; ')}.`;
    return proposal(
      `Issue a new certificate for ${stringFact(facts, 'subject')} and put it into Secret ${cause.name}.`,
      [look('See what the Secret holds (sizes only)', inNamespace(cause, ['describe', 'secret', cause.name]), 'It has tls.crt and tls.key.')],
      {
        decisions: [
          {
            description: 'replace the certificate with files from your certificate authority',
            command: renew,
            destroys: `The old certificate and key in Secret ${cause.name} are overwritten.${restart}`,
          },
        ],
        evidenceToGather: managed ? [`Why cert-manager did not renew it: kubectl describe certificates.cert-manager.io -n ${cause.namespace}.`] : [],
        recommendations: ['Let cert-manager or your platform renew certificates, and warn 14 days before one ends.'],
      },
    );
  },
});
