import { defineRemedy } from '../../model/remedy.ts';
import { undoRollout } from './incident-rollout.ts';

/** What no state of the cluster can mend: go back where there is something to go back to, else say what is needed. */
const needed: Readonly<Record<string, (facts: Readonly<Record<string, unknown>>) => string>> = {
  'environment-variable-missing': ({ variable, container }) =>
    `The value of ${variable} for container ${container}: nothing in the cluster holds it. Then: kubectl set env, or a ConfigMap or Secret reference.`,
  'environment-key-missing': ({ key }) => `The value of key ${key}: nothing in the cluster holds it.`,
  'configuration-invalid': ({ token, key, line }) =>
    `What ${token} (${key}, line ${line}) should say: look at the change of the ConfigMap in its source, or in the documentation of the program.`,
  'command-not-found': ({ command, image }) =>
    `An image that contains ${command}, or a command that ${image} contains: kubectl run with that image and look at its PATH.`,
  'container-not-runnable': ({ message }) => `What the runtime means: ${message}`,
  'unhandled-exception': ({ subject, detail }) => `A mended version of the program: ${subject} at ${detail ?? 'an unknown place'} is its own code.`,
  'container-exits': ({ container, exitCode }) =>
    `Why ${container} exits with code ${exitCode}: its log does not say. Raise its log level, or run it with a shell.`,
  'module-missing': ({ subject }) => `An image that contains ${subject}.`,
  'mount-hides-image': ({ source, mountPath, path }) =>
    `Where ${source} should be mounted instead of ${mountPath}: a directory that ${path} of the image reads as well (look into the image for what it includes), or subPath for each file.`,
  'file-missing': ({ subject }) => `Where ${subject} should come from: a ConfigMap, a Secret, a volume or the image.`,
  'credentials-refused': ({ server }) => `Which user and password ${server} expects: compare what the server was started with against what the client sends.`,
  'dependency-unreachable': ({ host }) => `Why ${host} does not answer: look at its own pods, at NetworkPolicies between the two, and at DNS.`,
  'probe-fails': ({ probe, container }) => `What the ${probe} probe of ${container} tests: run its command or request by hand in the container.`,
  'init-does-not-end': ({ container }) => `What the init container ${container} waits for: read its log and its command.`,
  'configured-value-rejected': ({ name, value, path }) =>
    `Which value ${name} should have instead of ${value} (${path}): the program's documentation says what it takes.`,
  'key-missing': ({ key }) => `What key ${key} should hold: nothing in the cluster says it.`,
  'argument-invalid': ({ subject }) => `What was meant by the argument ${subject}: run the program with --help and compare with the command of the template.`,
  'bind-denied': ({ subject }) =>
    `Whether the program may listen above 1024 instead of on port ${subject} (its own setting, and the targetPort of its Service), or should have the capability NET_BIND_SERVICE.`,
  'address-in-use': ({ subject }) => `Which of the programs in the pod should have port ${subject}, and the setting that moves the other.`,
  'resource-exhausted': ({ subject }) =>
    `What holds the ${subject}: look at how many are in use over time. If it grows without end the program leaks them; if not, the limit is to be raised where it is set.`,
  'pod-rejected-by-kubelet': ({ message }) => `Whether the pod can do without what the kubelet refuses (${message}), or the node is to allow it.`,
  'cronjob-schedule-invalid': ({ schedule }) => `When the CronJob should run: ${schedule} never comes.`,
  'cronjob-run-hangs': ({ job }) =>
    `Why Job ${job} does not end: read its log. Then delete that Job (the run is lost), and set activeDeadlineSeconds so that a run cannot hang again.`,
  'scheduling-refused': ({ demands }) =>
    `Which of its demands the workload can do without (${Array.isArray(demands) && demands.length > 0 ? demands.join('; ') : 'see the message of the scheduler'}), or which node is to meet them.`,
  'node-selectors-contradict': ({ demands }) =>
    `Which of ${Array.isArray(demands) ? demands.join(' and ') : 'its demands on nodes'} the pods can do without, or which node should get the labels that it lacks.`,
  'insufficient-resources': ({ resource, requested, free, holder }) =>
    `Where ${requested} ${resource} should come from: at most ${free ?? 'too little'} is free${holder === null ? '' : ` and ${holder} requests most of it`}. Add a node, lower a request to what is used (kubectl top pods), or run fewer pods.`,
  'default-request-exceeds-nodes': ({ container, workload, requested, resource }) =>
    `How much ${resource} container ${container} of ${workload} uses: then kubectl set resources with a request of its own, so that the default of ${requested} does not apply, or a smaller default in the LimitRange.`,
  'resource-not-offered': ({ resource, meant }) =>
    `Which nodes should offer ${resource}: add such a node and its device plugin, or ask for what there is${meant === null ? '' : ` (${meant})`}.`,
  'place-taken': ({ demand, owners }) =>
    `Who should have ${demand}: ${Array.isArray(owners) ? owners.join(' and ') : owners} has it. Give this workload another, let a Service publish it, or add a node.`,
  'kept-away-by-anti-affinity': ({ pending, demand }) =>
    `Whether ${pending} and this workload may share a node (its rule: ${demand}); if not, another node is needed.`,
  'taint-not-tolerated': ({ taints }) =>
    `Whether the pods belong on nodes with the taints ${Array.isArray(taints) ? taints.join(', ') : taints}: then they need a toleration; else another node is to take them.`,
  'permission-denied': ({ subject }) => `Who may use ${subject}: compare securityContext.runAsUser and fsGroup with the owner of the path.`,
};

export const applicationRemedy = defineRemedy({
  mechanisms: Object.keys(needed),
  propose: (incident) => undoRollout(incident) ?? { missing: [needed[incident.mechanism]?.(incident.facts) ?? 'What the program needs.'] },
});
