import { listFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, jsonPatch, type PatchOperation, proposal, target } from './step.ts';

/** Brings back a controller that everything else waits for; nobody scales those down to save room. */
export const controllerAtZeroRemedy = defineRemedy({
  mechanisms: ['api-service-backend-at-zero', 'finalizer-controller-at-zero'],
  propose({ cause, facts, mechanism }) {
    if (cause.kind !== 'Deployment' && cause.kind !== 'StatefulSet') return { missing: [`Where ${cause.kind} ${cause.name} should run.`] };
    const waits = mechanism === 'finalizer-controller-at-zero' ? listFact(facts, 'finalizers').join(', ') : `API ${stringFact(facts, 'api')}`;
    const step = {
      description: `Run one replica of ${cause.kind} ${cause.name}`,
      kubectl: inNamespace(cause, ['scale', target(cause), '--replicas=1']),
      validation: `${commandLine(inNamespace(cause, ['rollout', 'status', target(cause), '--timeout=180s']))} ends with success.`,
      rollback: null,
      impact: 'low' as const,
    };
    return proposal(`Run ${cause.kind} ${cause.name} again, which ${waits} waits for.`, [step], { assumptions: ['It was not scaled to zero on purpose.'] });
  },
});

const apiService = (name: string) => ({
  description: 'See what the API server says of it',
  kubectl: ['describe', 'apiservice', name],
  validation: 'The condition Available is True.',
  rollback: null,
  impact: 'none' as const,
});

/** Whether an aggregated API is still wanted is its owner's to say. */
export const apiServiceRemedy = defineRemedy({
  mechanisms: ['api-service-backend-missing', 'api-service-not-answering'],
  propose({ cause, facts, mechanism }) {
    const [service, namespace, meant] = [stringFact(facts, 'service') ?? '', stringFact(facts, 'serviceNamespace') ?? '', stringFact(facts, 'meant')];
    const patch = JSON.stringify({ spec: { service: { namespace, name: meant } } });
    const decisions = [
      ...(meant === null
        ? []
        : [
            {
              description: `let Service ${meant} serve it, which exists`,
              command: commandLine(['patch', 'apiservice', cause.name, '--type=merge', '-p', patch]),
              destroys: 'Nothing, if that Service answers for this API.',
            },
          ]),
      {
        description: `remove APIService ${cause.name}, if its server is gone for good`,
        command: commandLine(['delete', 'apiservice', cause.name]),
        destroys: 'The kinds of that API cannot be used any more; namespaces can be deleted again.',
      },
    ];
    const backend = {
      description: `See what stands in namespace ${namespace}`,
      kubectl: ['get', 'services,deployments', '-n', namespace],
      validation: `Service ${service} and its pods are there.`,
      rollback: null,
      impact: 'none' as const,
    };
    const summary =
      mechanism === 'api-service-backend-missing'
        ? `Install what serves API ${stringFact(facts, 'api')} again, or remove its APIService.`
        : `Let Service ${namespace}/${service} answer for API ${stringFact(facts, 'api')}.`;
    return proposal(summary, [apiService(cause.name), backend], {
      decisions,
      evidenceToGather: [`The log of the program behind Service ${namespace}/${service}.`],
    });
  },
});

/** A certificate gives an identity: a person looks at who asks. */
export const certificateRequestRemedy = defineRemedy({
  mechanisms: ['certificate-request-not-approved', 'certificate-request-not-signed'],
  propose({ cause, facts, mechanism }) {
    const look = {
      description: 'Read who asks for which names',
      kubectl: ['describe', 'certificatesigningrequest', cause.name],
      validation: 'Requester, signer and names are those of a machine or program that you know.',
      rollback: null,
      impact: 'none' as const,
    };
    if (mechanism === 'certificate-request-not-signed')
      return {
        missing: [
          `Which program signs for ${stringFact(facts, 'signer')}, and its log: kube-controller-manager signs for kubernetes.io/*, operators for their own names.`,
        ],
      };
    const decision = {
      description: `approve the request of ${stringFact(facts, 'requester')}`,
      command: commandLine(['certificate', 'approve', cause.name]),
      destroys: 'Nothing; whoever asked gets a certificate with that name, so look at it first.',
    };
    return proposal(`Approve CertificateSigningRequest ${cause.name} after a look at it, or let an approver run.`, [look], {
      decisions: [decision],
      recommendations: ['Run an approver for kubelet serving certificates, which compares the names with the node.'],
    });
  },
});

/** Nodes are mended from outside of the cluster. */
export const nodeGroundRemedy = defineRemedy({
  mechanisms: ['node-network-not-ready', 'node-runtime-down', 'pod-sandbox-fails', 'pod-addresses-used-up', 'node-disk-full'],
  propose({ cause, mechanism }) {
    const what: Readonly<Record<string, string>> = {
      'node-network-not-ready': `Why the network plug-in is not set up on node ${cause.name}: whether its DaemonSet has a pod there, and what that pod logs; on the machine, /etc/cni/net.d and /opt/cni/bin.`,
      'node-runtime-down': `Why the container runtime of node ${cause.name} does not answer: on the machine, its service (systemctl status containerd) and its log.`,
      'pod-sandbox-fails': `What the network plug-in or the runtime of node ${cause.name} complains of: its pod's log there, and the log of the runtime on the machine.`,
      'node-disk-full': `What fills the disk of node ${cause.name}: on the machine, df -h /var/lib and crictl images; images that nothing uses go with crictl rmi --prune.`,
      'pod-addresses-used-up': `How many addresses node ${cause.name} has for pods (spec.podCIDR, the pools of the network plug-in), and how many pods or left-over sandboxes hold one.`,
    };
    return { missing: [what[mechanism] ?? ''] };
  },
});

/** Which runtime isolates a workload is a decision about its safety. */
export const runtimeHandlerRemedy = defineRemedy({
  mechanisms: ['runtime-handler-missing'],
  propose({ cause, facts, findings }, view) {
    const [handler, name] = [stringFact(facts, 'handler') ?? '', stringFact(facts, 'class') ?? ''];
    const [first] = findings;
    const workload = first === undefined ? null : workloadAt(view.topOwner(first.object), view);
    const others = view.list('RuntimeClass').filter(({ metadata }) => metadata.name !== name && isUsed(metadata.name, view));
    const path = workload === null ? '' : `${workload.path}.runtimeClassName`;
    const patch = (operations: readonly PatchOperation[]) =>
      workload === null
        ? ''
        : commandLine(inNamespace(workload.ref, ['patch', workload.ref.kind.toLowerCase(), workload.ref.name, '--type=json', '-p', jsonPatch(operations)]));
    const decisions =
      workload === null
        ? []
        : [
            ...others.map(({ metadata }) => ({
              description: `run it with RuntimeClass ${metadata.name}, which pods here run with`,
              command: patch([{ op: 'replace', path, value: metadata.name }]),
              destroys: 'Its pods are made anew, isolated as that class isolates.',
            })),
            {
              description: 'run it with the runtime that every other pod has',
              command: patch([{ op: 'remove', path }]),
              destroys: `Its pods are made anew without what ${handler} would have kept them apart with.`,
            },
          ];
    const look = {
      description: 'See which RuntimeClasses there are',
      kubectl: ['get', 'runtimeclasses'],
      validation: `${name} has a handler that the nodes know.`,
      rollback: null,
      impact: 'none' as const,
    };
    return proposal(
      `Install the runtime ${handler} on the nodes and name it in the configuration of their container runtime, or let ${cause.kind} ${name} name another handler.`,
      [look],
      { decisions },
    );
  },
});

/** Whether a pod of this class got as far as to run. */
function isUsed(runtimeClass: string, view: ClusterView): boolean {
  return view.list('Pod').some((pod) => pod.spec?.runtimeClassName === runtimeClass && pod.status?.phase === 'Running');
}
