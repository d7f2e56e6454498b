/** What Kubernetes says in a word, what that means, and where to look next. */
export interface Reason {
  /** As Kubernetes writes it; the others are what people write for it. */
  name: string;
  also?: readonly string[];
  meaning: string;
  usually: string;
  look: string;
  /** How pods with it are found; left out where a pod's status does not show it. */
  filter?: string;
}

const pull = 'The events of the pod have the registry\'s own words: `qd ask "events of POD"`.';

/** The reasons and codes that people meet, after the sources and documentation of Kubernetes 1.35. */
export const reasons: readonly Reason[] = [
  {
    name: 'CrashLoopBackOff',
    also: ['crash loop', 'crashloop', 'back-off restarting failed container', 'backoff'],
    meaning:
      'The container starts, ends, and is started again; the kubelet waits longer each time (10 s, doubled up to 5 minutes). It is a state of waiting, not the cause.',
    usually:
      'The program ends by itself (bad configuration, a missing variable, something it needs does not answer), a liveness probe kills it, or it is killed for memory.',
    look: 'The log of the run before (`kubectl logs POD --previous`) and the exit code of its last state.',
    filter: 'status:crashloop',
  },
  {
    name: 'ImagePullBackOff',
    also: ['image pull back off', 'image pull backoff'],
    meaning: 'The image could not be pulled and the kubelet waits before it tries again. ErrImagePull is the same a moment before.',
    usually: 'The tag does not exist, the name is misspelt, the registry wants credentials (imagePullSecrets), or it does not answer.',
    look: pull,
    filter: 'status:imagepull',
  },
  {
    name: 'ErrImagePull',
    meaning: 'The kubelet tried to pull the image and failed; after more attempts it says ImagePullBackOff.',
    usually: 'The tag does not exist, the name is misspelt, the registry wants credentials, or it does not answer.',
    look: pull,
    filter: 'status:imagepull',
  },
  {
    name: 'ErrImageNeverPull',
    meaning: 'imagePullPolicy is Never and the image is not on the node.',
    usually: 'The image was loaded on another node, or under another name.',
    look: 'The images of the node (`kubectl get node NODE -o jsonpath={.status.images}`), and imagePullPolicy.',
    filter: 'status:errimageneverpull',
  },
  {
    name: 'InvalidImageName',
    meaning: 'The image name cannot be read as one: capital letters, blanks, or an empty tag.',
    usually: 'A variable that was not replaced, or a capital letter in the name.',
    look: 'The field `image` of the container.',
    filter: 'status:invalidimagename',
  },
  {
    name: 'CreateContainerConfigError',
    meaning: 'The container cannot be configured: something that its environment refers to is not there.',
    usually: 'A ConfigMap or Secret, or a key of one, that does not exist.',
    look: 'The message of the waiting container names what is missing; `qd ask "why is POD failing"` names it too.',
    filter: 'status:createcontainerconfigerror',
  },
  {
    name: 'CreateContainerError',
    meaning: 'The runtime refused to create the container.',
    usually: 'A name that is taken, a mount that does not fit, or a missing command.',
    look: 'The message of the waiting container.',
    filter: 'status:createcontainererror',
  },
  {
    name: 'RunContainerError',
    also: ['StartError', 'ContainerCannotRun'],
    meaning: 'The container was created and could not be started.',
    usually: 'The command does not exist in the image or may not be executed, or a subPath leads nowhere.',
    look: 'The message of the last state; compare `command` with what the image holds.',
    filter: 'status:runcontainererror',
  },
  {
    name: 'OOMKilled',
    also: ['oom', 'oom killed', 'out of memory', 'exit code 137 oom'],
    meaning: 'The kernel killed the container because it used more memory than its limit (exit code 137).',
    usually: 'The limit is below what the program needs, the program leaks, or a runtime (JVM, Node.js) does not know the limit.',
    look: "What it uses beside its limit: `qd top pods`; then the limit, or the program's own memory setting.",
    filter: 'status:oomkilled',
  },
  {
    name: 'ContainerCreating',
    meaning: 'The pod has a node and its containers are being prepared: volumes, network, images.',
    usually: 'For long: a volume that cannot be mounted, a Secret or ConfigMap volume that does not exist, or no address from the network plug-in.',
    look: 'The events of the pod: FailedMount, FailedAttachVolume, FailedCreatePodSandBox.',
    filter: 'status:containercreating',
  },
  {
    name: 'Pending',
    meaning: 'The API server has the pod and it does not run yet: no node was chosen, or its containers are not prepared.',
    usually: 'No node fits (see FailedScheduling), a claim is not bound, or images are being pulled.',
    look: 'The condition PodScheduled and the events of the pod.',
    filter: 'status:pending',
  },
  {
    name: 'FailedScheduling',
    also: ['unschedulable', 'insufficient cpu', 'insufficient memory', '0/1 nodes are available'],
    meaning: 'The scheduler found no node for the pod; the message counts the nodes by what rules them out.',
    usually: 'Requests larger than what is free, a nodeSelector or affinity that no node has, a taint without a toleration, or a claim that is not bound.',
    look: 'The message of the event; `qd ask "how full are the nodes"`.',
    filter: 'status:pending',
  },
  {
    name: 'Evicted',
    meaning: 'The kubelet ended the pod to save its node: memory, disk or process ids ran short, or the pod used more ephemeral storage than allowed.',
    usually: 'No requests (evicted first), an emptyDir or log that grew, or a full node.',
    look: 'The status message of the pod, and the conditions of its node.',
    filter: 'status:evicted',
  },
  {
    name: 'Terminating',
    meaning: 'The object is being deleted: it has a deletionTimestamp and waits for its finalizers, a pod also for its grace period.',
    usually: 'A controller whose finalizer nobody removes any more, or a node that does not answer.',
    look: '`metadata.finalizers` and who would remove them.',
    filter: 'status:terminating',
  },
  {
    name: 'FailedMount',
    also: ['FailedAttachVolume', 'MountVolume.SetUp failed'],
    meaning: 'A volume of the pod could not be mounted or attached.',
    usually: 'The Secret, ConfigMap or claim does not exist, the volume is still attached to another node, or its driver is not installed.',
    look: 'The message of the event names the volume.',
  },
  {
    name: 'FailedCreatePodSandBox',
    meaning: "The runtime could not prepare the pod's network and namespaces.",
    usually: 'The network plug-in is broken or has no addresses left.',
    look: 'The message of the event, and the pods of the network plug-in in kube-system.',
  },
  {
    name: 'BackOff',
    meaning: 'The kubelet waits before it tries again: to start a container, or to pull its image.',
    usually: 'See CrashLoopBackOff and ImagePullBackOff.',
    look: 'The message of the event says which of the two.',
  },
  {
    name: 'Unhealthy',
    also: ['probe failed', 'readiness probe failed', 'liveness probe failed'],
    meaning: 'A probe of the container failed. Readiness: it gets no traffic; liveness: it is restarted; startup: it is restarted, and the others wait for it.',
    usually: 'The probe asks another port or path than the program serves, the program starts slower than the probe waits, or it is overloaded.',
    look: 'The message of the event has the status code or the error.',
  },
  {
    name: 'DeadlineExceeded',
    meaning: 'A Job ran longer than activeDeadlineSeconds, or a pod than its own.',
    usually: 'The work takes longer than planned, or hangs.',
    look: "The log of the Job's last pod.",
  },
  {
    name: 'BackoffLimitExceeded',
    meaning: "A Job's pods failed more often than backoffLimit allows; it is not tried again.",
    usually: 'The program fails each time.',
    look: "The log of the Job's last pod.",
  },
  {
    name: 'ProgressDeadlineExceeded',
    also: ['rollout stuck'],
    meaning: 'A rollout made no progress for progressDeadlineSeconds (600 s by default).',
    usually: 'The new pods do not become ready.',
    look: 'The pods of the newest ReplicaSet: `qd ask "why is DEPLOYMENT failing"`.',
  },
  {
    name: 'FailedCreate',
    meaning: 'A controller could not create pods.',
    usually: 'A ResourceQuota, an admission webhook or a missing ServiceAccount refuses them.',
    look: 'The message of the event on the ReplicaSet, StatefulSet or Job.',
  },
  {
    name: 'NodeNotReady',
    also: ['NotReady', 'node not ready'],
    meaning: "The kubelet of the node does not report, or reports that it can't run pods.",
    usually: 'The machine is down or cut off, the kubelet or runtime does not run, or the network plug-in is missing.',
    look: 'The conditions of the node: `qd ask "describe node NODE"`.',
  },
  {
    name: 'DiskPressure',
    also: ['MemoryPressure', 'PIDPressure'],
    meaning: 'The node runs short; the kubelet evicts pods and the scheduler places none.',
    usually: 'Images, logs or emptyDirs fill the disk; or pods without limits use the memory.',
    look: '`qd ask "how full are the nodes"` and what grew on that node.',
  },
  {
    name: 'Completed',
    also: ['Succeeded'],
    meaning: 'All containers ended with exit code 0. For a Job that is success; a Deployment starts them again.',
    usually: 'A Job that is done. In a Deployment: a command that ends instead of serving.',
    look: 'The command of the container.',
    filter: '/complete|succeeded/',
  },
  {
    name: 'Forbidden',
    also: ['403', 'rbac', 'cannot list', 'cannot get'],
    meaning: 'The API server knows who asks and does not allow it.',
    usually: 'No Role or ClusterRole with that verb and resource is bound to the account.',
    look: '`kubectl auth can-i VERB RESOURCE --as system:serviceaccount:NAMESPACE:NAME`.',
  },
  {
    name: 'Unauthorized',
    also: ['401'],
    meaning: 'The API server does not know who asks: no credential, or one that is over.',
    usually: 'An expired token or certificate.',
    look: '`kubectl auth whoami`.',
  },
  {
    name: 'Conflict',
    also: ['409', 'the object has been modified'],
    meaning: 'The object was changed since it was read, or another field manager owns the field.',
    usually: 'Two programs write the same field.',
    look: '`kubectl get OBJECT -o yaml --show-managed-fields`.',
  },
];

/** Exit codes of containers: what a shell and the kernel make of them. */
export const exitCodes: Readonly<Record<string, string>> = {
  '0': 'The program ended by itself and says that all is well. What should serve should not end.',
  '1': 'The program ended with an error of its own; its log says which.',
  '2': 'A shell or program was called wrongly, or an error of its own (Go programs end so after a panic).',
  '125': 'The runtime itself failed before the program ran.',
  '126': 'The command was found and may not be executed: no execute bit, or a folder.',
  '127': 'The command was not found in the image: a misspelt name, or another base image.',
  '128': 'The program ended with an exit code that is none.',
  '134': 'Ended by SIGABRT: the program stopped itself (an assertion, a native crash).',
  '137':
    'Ended by SIGKILL (128 + 9): killed for memory (then the reason is OOMKilled), or it did not end within its grace period after SIGTERM, as after a failed liveness probe.',
  '139': 'Ended by SIGSEGV: the program touched memory that is not its own.',
  '143': 'Ended by SIGTERM (128 + 15): it was asked to stop: a rollout, a drained node, a failed liveness probe.',
  '255': 'An exit status out of range, or the node was lost while it ran.',
};

/** Words of the field that are no kinds. */
export const terms: Readonly<Record<string, string>> = {
  taint: 'A mark on a node that keeps pods away which do not tolerate it: NoSchedule, PreferNoSchedule or NoExecute.',
  toleration: 'What lets a pod onto a node with a taint. It allows, it does not attract: for that there is affinity.',
  finalizer: 'A name in metadata.finalizers that keeps an object from going until whoever put it there has cleaned up and taken it out.',
  'readiness probe': 'Says whether a container gets traffic. While it fails, the pod is left out of its Services.',
  'liveness probe': 'Says whether a container lives. When it fails often enough, the container is restarted.',
  'startup probe': 'Says whether a slow starter is up; until then the other probes wait.',
  probe: 'A question that the kubelet asks a container again and again: startup, readiness or liveness.',
  selector: 'The labels by which a Service or a controller finds its pods.',
  label: 'A key and a value on an object, by which others select it.',
  annotation: 'A key and a value on an object for programs; nothing selects by it.',
  request: 'What a container is promised of CPU or memory; the scheduler counts with it.',
  limit: 'What a container may use at most: above its CPU limit it is slowed, above its memory limit killed.',
  'qos class': 'Guaranteed (requests equal limits), Burstable, or BestEffort (none): who is evicted first when a node runs short.',
  'init container': 'A container that runs to its end before the others start.',
  sidecar: 'A helper that runs beside the main container: an init container with restartPolicy Always, or an ordinary second one.',
  'rolling update': 'Pods are replaced bit by bit: at most maxSurge more and maxUnavailable fewer than wanted.',
  'headless service': 'A Service with clusterIP None: its name gives the addresses of its pods instead of one address.',
  'server-side apply': 'The API server merges what is applied and keeps for each field who owns it.',
  'admission webhook': 'A program that the API server asks before it keeps an object; it may change or refuse it.',
  namespace: 'A part of the cluster in which names are unique, and which rights, quotas and policies are given for.',
  helm: 'A program that installs charts: templates with values. What it installed is a release, with revisions that it can go back to.',
  'helm chart': 'Templates of Kubernetes objects with default values, packed and versioned; installed, it is a release.',
  chart: 'Templates of Kubernetes objects with default values, packed and versioned; installed with Helm, it is a release.',
  'helm release': 'One installation of a chart in a namespace, with its values and revisions. `qd helm list` shows them.',
  'ingress controller':
    'The proxy that does what Ingresses say: it takes the traffic of their hosts and paths to Services. Without one, an Ingress does nothing.',
  rollout: 'The replacement of the pods of a workload by those of a changed template, bit by bit.',
  operator: 'A controller for a custom kind: it makes the cluster what its objects say.',
  'grace period': 'How long a pod has between SIGTERM and SIGKILL (terminationGracePeriodSeconds, 30 s by default).',
  affinity: 'Rules by which the scheduler chooses nodes: by node labels, or by the pods that are there.',
  drain: 'Evicting the pods of a node, respecting PodDisruptionBudgets, so that it can be taken out.',
  cordon: 'Marking a node so that no new pods are placed there; those that run stay.',
};
