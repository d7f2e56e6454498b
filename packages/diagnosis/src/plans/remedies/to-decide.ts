import { refLabel } from '@quarterdeck/contract';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type MissingFacts, type RemedyProposal } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace } from './step.ts';

type Decision = RemedyProposal['decisions'][number];

interface Open {
  /** Which fact is missing, and how to get it. */
  missing(incident: Incident): string;
  /** What a person may do without it. */
  decision?(incident: Incident): Decision;
}

function deletion({ cause }: Incident, why: string, destroys: string): Decision {
  return { description: why, command: commandLine(inNamespace(cause, ['delete', cause.kind.toLowerCase(), cause.name])), destroys };
}

const fact = ({ facts }: Incident, name: string) => String(facts[name] ?? '');

/** What no state of the cluster says how to mend: the fact that is missing and how to get it, and the decisions that are a person's. */
const open: Readonly<Record<string, Open>> = {
  'admission-denies': {
    missing: (i) => `What policy ${fact(i, 'policy')} asks for: its message says what it refuses (${fact(i, 'detail')}); its owner says what is allowed.`,
  },
  'api-service-unavailable': {
    missing: (i) => `Whether the API ${fact(i, 'api')} is still wanted: look at the Service behind it with kubectl get apiservice ${i.cause.name} -o yaml.`,
    decision: (i) =>
      deletion(
        i,
        `remove APIService ${i.cause.name}, where its server is gone for good`,
        'The kinds of that API cannot be listed or written any more; their objects, if the server kept them elsewhere, are not touched.',
      ),
  },
  'claim-deleted-while-used': {
    missing: (i) =>
      `Whether the data of ${refLabel(i.cause)} is still needed: a deletion cannot be taken back. Copy it out of a pod that uses it before that pod ends.`,
  },
  'claim-missing': {
    missing: (i) =>
      `Size, access mode and class of the claim that ${refLabel(i.cause)} is to be: look into the source of who mounts it, or into another cluster.`,
  },
  'claim-resize-fails': {
    missing: (i) =>
      `Whether the driver of ${refLabel(i.cause)} can grow volumes: kubectl get storageclass shows ALLOWVOLUMEEXPANSION, its controller's log the refusal.`,
  },
  'volume-reclaim-fails': {
    missing: (i) => `Why the volume behind ${refLabel(i.cause)} is not deleted: the log of its provisioner says it. It still costs what it costs.`,
  },
  'cronjob-runs-not-started': {
    missing: (i) =>
      `Why the runs of ${refLabel(i.cause)} are missed: too short a startingDeadlineSeconds, or a controller that was away. kubectl describe shows the events.`,
  },
  'default-memory-limit-exceeded': {
    missing: () =>
      'How much memory the program needs: kubectl top pod --containers while it runs. Then set limits.memory in its template, or raise the default.',
  },
  'default-scheduler-down': {
    missing: () => 'Why the scheduler does not run: on the control plane look at its static pod and its log, and at the lease kube-scheduler in kube-system.',
  },
  'hpa-at-maximum': {
    missing: (i) => `Whether ${refLabel(i.cause)} may scale further: compare what the nodes can take with maxReplicas, and look whether the load is real.`,
  },
  'hpa-metric-unknown': {
    missing: (i) => `How the metric of ${refLabel(i.cause)} is really called: the rules of the metrics adapter, or its log, say what it serves.`,
  },
  'metrics-api-unavailable': {
    missing: () =>
      'Whether metrics-server (or the adapter) is installed: kubectl get pods -n kube-system, and its log. Without it autoscalers stay where they are.',
  },
  'job-gives-up': {
    missing: (i) => `Why the pods of ${refLabel(i.cause)} fail: their log does not say. Run it again and look at the pod while it runs.`,
    decision: (i) =>
      deletion(
        i,
        `delete ${refLabel(i.cause)} and create it again once the cause is mended`,
        'The record of its failed run goes with it; what it did so far stays done.',
      ),
  },
  'namespace-content-remains': {
    missing: (i) => `Which objects are left in ${refLabel(i.cause)}: kubectl api-resources --verbs=list --namespaced lists the kinds to look through.`,
  },
  'node-not-ready': {
    missing: (i) => `Why ${refLabel(i.cause)} does not report: from the machine, journalctl -u kubelet, the container runtime, disk and network.`,
    decision: ({ cause }) => ({
      description: `move its pods away, if the machine does not come back`,
      command: commandLine(['drain', cause.name, '--ignore-daemonsets']),
      destroys: 'Every pod there is evicted; what it keeps in emptyDir is lost, and pods without a controller are not made again.',
    }),
  },
  'node-pressure': {
    missing: (i) =>
      `What uses up ${refLabel(i.cause)}: kubectl describe node shows requests, kubectl top pod what is used; images and logs are seen on the machine.`,
  },
  'pods-evicted': {
    missing: (i) =>
      `What the pods of ${refLabel(i.cause)} really use of what ran out: kubectl top pod --containers. Then request that much, so that they are not the first to go.`,
  },
  'pod-cannot-start': { missing: (i) => `What the kubelet means: ${fact(i, 'message')}. Its log on the node has more.` },
  'probe-wrong-command': {
    missing: (i) =>
      `A command that the image of ${fact(i, 'container')} has and that says whether the program is well; or an httpGet or tcpSocket probe instead, which needs none.`,
  },
  'pull-secret-missing': {
    missing: (i) => `The credentials of the registry for ${refLabel(i.cause)}: whoever runs the registry has them. Then kubectl create secret docker-registry.`,
  },
  'role-binding-dangling': {
    missing: (i) => `Which role ${refLabel(i.cause)} was to grant: ${fact(i, 'missing')} does not exist. roleRef cannot be changed; the binding is made anew.`,
  },
  'run-as-non-root': {
    missing: (i) =>
      `Which user the image of ${fact(i, 'container')} can run as: its Dockerfile says it. Then set securityContext.runAsUser, or build it with a numeric USER.`,
  },
  'runtime-class-missing': {
    missing: (i) => `Whether RuntimeClass ${fact(i, 'class')} is to be installed on the nodes or was meant to be another: kubectl get runtimeclass lists them.`,
  },
  'service-selects-nothing': {
    missing: (i) =>
      `Which pods ${refLabel(i.cause)} is meant for: none carries its selector ${fact(i, 'selector')}. kubectl get pods --show-labels lists what there is.`,
  },
  'sidecar-runs-on': {
    missing: (i) =>
      `A way for ${fact(i, 'running')} to end with the others: as an init container with restartPolicy Always it is stopped when they are done. The pod template of a Job cannot be changed in place.`,
    decision: (i) =>
      deletion(
        i,
        `delete ${refLabel(i.cause)}, whose work is done, and create it with the sidecar as an init container`,
        'Its pods go; what the finished container did stays done.',
      ),
  },
  'tls-verification-fails': {
    missing: (i) =>
      `The certificate authority that the server is signed by, for ${refLabel(i.cause)}: mount it and name it to the program, or have the server's certificate renewed.`,
  },
  'autoscaler-conflict': {
    missing: (i) =>
      `Which of the two is to scale ${fact(i, 'target')}: ${refLabel(i.cause)} or HorizontalPodAutoscaler ${fact(i, 'autoscaler')}. The other one goes.`,
  },
  'configured-value-empty': {
    missing: (i) => `The value of key ${fact(i, 'key')} of ${refLabel(i.cause)}: it is empty, and nothing in the cluster holds it. Whoever made it knows it.`,
  },
  'controller-down': { missing: (i) => `Why the controller ${fact(i, 'controller')} has no ready pod: kubectl describe its pods, and their log.` },
  'controller-missing': {
    missing: (i) =>
      `Whether the operator of ${fact(i, 'resource')} is still wanted: install it again as its documentation says, or remove what it looked after.`,
  },
  'conversion-webhook-down': {
    missing: (i) =>
      `Why Service ${fact(i, 'service')} does not answer: look at its pods. Until then no object of the kind of ${refLabel(i.cause)} can be read.`,
  },
  'custom-kind-not-served': {
    missing: (i) =>
      `What the definition of ${refLabel(i.cause)} collides with or lacks: kubectl describe crd ${i.cause.name} shows its conditions (${fact(i, 'reason')}).`,
  },
  'custom-quota-exceeded': {
    missing: (i) =>
      `Whether ResourceQuota ${fact(i, 'quota')} is to grow, or ${fact(i, 'resource')} to ask for less: kubectl describe resourcequota shows what is used.`,
  },
  'custom-resource-fault': {
    missing: (i) => `What the operator of ${refLabel(i.cause)} means by ${fact(i, 'condition')} (${fact(i, 'reason')}): its log and its documentation say it.`,
  },
  'disruption-budget-cannot-count': {
    missing: (i) => `How many pods ${refLabel(i.cause)} is to keep: an integer minAvailable needs no controller that counts them.`,
  },
  'gateway-class-not-accepted': {
    missing: (i) => `Why the controller of ${refLabel(i.cause)} does not accept it (${fact(i, 'reason')}): whether it runs, and what its parameters should be.`,
  },
  'gateway-not-programmed': {
    missing: (i) => `What the controller of ${refLabel(i.cause)} lacks (${fact(i, 'condition')}, ${fact(i, 'reason')}): its log says more than the condition.`,
  },
  'gateway-route-refused': {
    missing: (i) =>
      `Why Gateway ${fact(i, 'gateway')} refuses ${fact(i, 'route')} (${fact(i, 'reason')}): compare its listeners and allowedRoutes with the route.`,
  },
  'ingress-address-error': {
    missing: (i) => `What the cloud refuses for ${refLabel(i.cause)} (${fact(i, 'error')}): quotas and rights of the account of its controller.`,
  },
  'k8sgpt-reported': {
    missing: (i) => `Whether what K8sGPT reports of ${refLabel(i.cause)} is so: nothing that was read here confirms it. Look at the object.`,
  },
  'monitor-not-adopted': {
    missing: (i) => `Whether ${refLabel(i.cause)} is meant for Prometheus ${fact(i, 'prometheus')}: then it needs the labels ${fact(i, 'selector')}.`,
  },
  'monitor-port-missing': {
    missing: (i) => `Which port ${refLabel(i.cause)} is to scrape: it names ${fact(i, 'port')}, which ${fact(i, 'service')} does not have.`,
  },
  'monitor-selects-nothing': {
    missing: (i) => `Which objects ${refLabel(i.cause)} is meant for: none has ${fact(i, 'selector')}. kubectl get services --show-labels lists what there is.`,
  },
  'network-controller-warns': {
    missing: (i) => `What the controller of ${refLabel(i.cause)} cannot do (${fact(i, 'reason')}): its event says it, its log says why.`,
  },
  'pod-invalid': {
    missing: (i) => `What ${fact(i, 'field')} should be in the template of ${fact(i, 'workload')}: the API server refuses it (${fact(i, 'detail')}).`,
  },
  'quota-scope-missing': {
    missing: (i) =>
      `Whether namespace ${fact(i, 'namespace')} may have pods with ${fact(i, 'scopes')}: a ResourceQuota with that scope allows them, and whoever runs the cluster decides it.`,
  },
  'secret-value-padded': {
    missing: (i) =>
      `Nothing but the value without the white space around it: read key ${fact(i, 'key')} of ${refLabel(i.cause)} where it comes from and write it again with echo -n or --from-file.`,
  },
  'security-context-constraint-refuses': {
    missing: (i) => `What the pods of ${fact(i, 'workload')} can do without (${fact(i, 'detail')}), or which constraint their ServiceAccount may use.`,
  },
  'token-account-missing': {
    missing: (i) =>
      `Whether ServiceAccount ${fact(i, 'account')} was deleted on purpose: made again with its bindings, new pods of ${fact(i, 'workload')} get a token.`,
  },
  unexplained: {
    missing: (i) => `What explains it: nothing that was read does. Ask for what is listed as not seen, and look at ${refLabel(i.cause)} while it happens.`,
  },
  'wait-cycle': {
    missing: (i) =>
      `Which of the two can start without the other: ${refLabel(i.cause)} waits for what waits for it. Let one of them start and retry by itself.`,
  },
};

export const toDecideRemedy = defineRemedy({
  mechanisms: Object.keys(open),
  propose(incident): MissingFacts {
    const one = open[incident.mechanism];
    return { missing: one === undefined ? [] : [one.missing(incident)], decisions: one?.decision === undefined ? [] : [one.decision(incident)] };
  },
});
