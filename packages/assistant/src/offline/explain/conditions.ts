import type { Reason } from './reasons.ts';

/** The conditions that objects of Kubernetes carry in their status, after its API documentation (1.35). `usually` is why one is as it should not be. */
export const conditions: readonly Omit<Reason, 'filter'>[] = [
  {
    name: 'Ready',
    meaning: 'Of a pod: all its containers are ready, so Services send it traffic. Of a node: its kubelet reports and can run pods.',
    usually: 'A readiness probe that fails, a container that does not run; of a node, a kubelet or network plug-in that is down.',
    look: 'Reason and message of the condition, then the events of the object.',
  },
  {
    name: 'ContainersReady',
    meaning: 'All containers of the pod are ready; readiness gates may still hold the pod back.',
    usually: 'A container that waits, restarts, or fails its readiness probe.',
    look: 'The state of each container.',
  },
  {
    name: 'PodScheduled',
    meaning: 'A node was chosen for the pod.',
    usually: 'No node fits: requests, selectors, taints, or a claim that is not bound.',
    look: 'The message of the condition counts the nodes by what rules them out.',
  },
  {
    name: 'Initialized',
    meaning: 'All init containers have run to their end.',
    usually: 'An init container that fails or waits for something.',
    look: 'The log of the init container that runs now.',
  },
  {
    name: 'PodReadyToStartContainers',
    meaning: 'The sandbox of the pod stands and its network is set up.',
    usually: 'A network plug-in without addresses, or volumes that cannot be mounted.',
    look: 'The events of the pod.',
  },
  {
    name: 'DisruptionTarget',
    meaning: 'The pod is about to be ended by a disruption: eviction, preemption, or a taint.',
    usually: 'A drained node, or a pod of higher priority.',
    look: 'The reason of the condition says by whom.',
  },
  {
    name: 'Available',
    meaning: 'Of a Deployment: at least as many pods as its strategy demands have been ready for minReadySeconds. Of an APIService: its server answers.',
    usually: 'Pods that are not ready.',
    look: 'The pods of the newest ReplicaSet.',
  },
  {
    name: 'Progressing',
    meaning: 'The rollout goes on or is done. False: it made no progress for progressDeadlineSeconds.',
    usually: 'New pods that do not become ready, or that cannot be created.',
    look: 'The pods of the newest ReplicaSet, and its events.',
  },
  {
    name: 'ReplicaFailure',
    meaning: 'Pods could not be created or deleted.',
    usually: 'A quota, an admission webhook or a missing ServiceAccount refuses them.',
    look: 'The message of the condition.',
  },
  {
    name: 'Complete',
    also: ['SuccessCriteriaMet'],
    meaning: 'The Job has as many successful pods as it wants.',
    usually: 'Still running, or failing.',
    look: 'The pods of the Job.',
  },
  {
    name: 'Failed',
    also: ['FailureTarget'],
    meaning: 'The Job gave up: more failures than backoffLimit allows, or its deadline passed.',
    usually: 'The program fails each time.',
    look: "The log of the Job's last pod.",
  },
  {
    name: 'ScalingActive',
    meaning: 'The autoscaler can work out how many replicas are wanted.',
    usually: 'No metrics, or pods without requests.',
    look: 'The message names the metric that is missing.',
  },
  {
    name: 'AbleToScale',
    meaning: 'The autoscaler can read and change the scale of its target.',
    usually: 'The target does not exist, or a stabilisation window holds it.',
    look: 'The reason of the condition.',
  },
  {
    name: 'ScalingLimited',
    meaning: 'The wanted number of replicas lies outside minReplicas and maxReplicas, so it is cut to them.',
    usually: 'More load than maxReplicas allows for.',
    look: 'minReplicas and maxReplicas beside the wanted number.',
  },
  {
    name: 'NetworkUnavailable',
    meaning: 'The network of the node is not set up.',
    usually: 'The network plug-in does not run there.',
    look: 'The pods of the network plug-in on that node.',
  },
  {
    name: 'FileSystemResizePending',
    meaning: 'The volume was made larger; its file system grows when a pod mounts it again.',
    usually: 'A pod that was not restarted since.',
    look: 'Restart the pods that mount the claim.',
  },
  {
    name: 'NamesAccepted',
    meaning: 'The names of the custom kind are free.',
    usually: 'Another definition has the same names.',
    look: 'The message names them.',
  },
  {
    name: 'Established',
    meaning: 'The custom kind is served.',
    usually: 'Names that are taken.',
    look: 'The condition NamesAccepted.',
  },
];
