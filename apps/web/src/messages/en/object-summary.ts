interface PeerParts {
  pods: string | null;
  namespaces: string | null;
  block: string | null;
}

interface Counts {
  desired: number;
  updated: number;
  ready: number;
  available: number;
}

const plural = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What the kernel and shells mean by an exit code above 128. */
const signals: Readonly<Record<number, string>> = {
  130: 'SIGINT: it was interrupted',
  134: 'SIGABRT: it gave up by itself',
  139: 'SIGSEGV: it touched memory that is not its own',
  143: 'SIGTERM: it was asked to end',
};

function exitMeaning(code: number, reason: string): string {
  if (reason === 'OOMKilled') return 'It used more memory than its limit allows, and the kernel killed it.';
  if (code === 0) return 'It ended by itself, without an error.';
  if (code === 126) return 'Its command could not be run: no right to, or not a program.';
  if (code === 127) return 'Its command was not found.';
  if (code === 137) return 'SIGKILL: it was killed; by the kubelet after the grace period, by a failed liveness probe, or for want of memory.';
  const signal = signals[code];
  if (signal !== undefined) return `${signal}.`;
  if (code > 128 && code < 160) return `It was ended by signal ${code - 128}.`;
  return 'The program ended with an error of its own; its log says which.';
}

/** The summaries of all kinds. Names of fields are the words of Kubernetes where it has one. */
export const objectSummary = {
  conditions: 'Conditions',
  conditionColumns: { type: 'Type', status: 'Status', since: 'Since', reason: 'Reason', message: 'Message' },
  containers: 'Containers',
  labels: 'Labels',
  annotations: 'Annotations',
  showAll: (count: number) => `Show all ${count}`,
  showLines: (count: number) => `Show all ${count} lines`,
  yes: 'yes',
  no: 'no',
  notKnown: 'not known',
  status: 'Status',
  type: 'Type',
  message: 'Message',
  phase: 'Phase',
  pods: 'Pods',
  podsCount: (count: number) => plural(count, 'pod'),

  node: 'Node',
  podIp: 'Pod IP',
  hostIp: 'Host IP',
  serviceAccount: 'Service account',
  qos: 'QoS class',
  priority: 'Priority',
  restartPolicy: 'Restart policy',
  started: 'Started',
  nominatedNode: 'Nominated node',

  roles: { init: 'init container', sidecar: 'sidecar', ephemeral: 'debug container' },
  running: 'running',
  notReady: 'not ready',
  ended: 'ended',
  restarts: (count: number) => plural(count, 'restart'),
  exitCode: (code: number) => `exit code ${code}`,
  exitMeaning,
  lastEnd: 'Last end',
  copyImage: 'Copy image',
  ports: 'Ports',
  command: 'Command',
  args: 'Arguments',
  mounts: 'Mounts',
  readOnly: 'read-only',
  environment: 'Environment',
  allKeysOf: 'all keys of',
  resources: 'Resources',
  noResources: 'no requests, no limits',
  requestAndLimit: (request: string | undefined, limit: string | undefined) =>
    [request === undefined ? 'no request' : `requests ${request}`, limit === undefined ? 'no limit' : `limit ${limit}`].join(', '),
  used: (what: string, percent: number) => `${what}: ${percent} % in use`,

  probes: { startup: 'Startup', readiness: 'Readiness', liveness: 'Liveness' },
  probeStates: { passing: 'passing', failing: 'failing', waiting: 'not passed yet', unsure: 'too early to say' },
  probeTimes: ({ period, timeout, failures, delay }: { period: number; timeout: number; failures: number; delay: number }) =>
    `every ${period}s${delay > 0 ? `, first after ${delay}s` : ''}, waits ${timeout}s, fails after ${failures} in a row`,
  probeFailed: (count: number) => `Failed ${count === 1 ? 'once' : `${count} times`}`,
  lastOne: 'last',
  ago: 'ago',

  rollout: 'Rollout',
  replicas: 'Replicas',
  replicaCounts: ({ desired, updated, ready, available }: Counts) => `${desired} desired · ${updated} updated · ${ready} ready · ${available} available`,
  standings: {
    done: ({ desired }: Counts) => `done: ${desired} of ${desired} available`,
    updating: ({ desired, updated }: Counts) => `${updated} of ${desired} updated`,
    waiting: ({ desired, available }: Counts) => `${available} of ${desired} available`,
    unseen: (_counts: Counts) => 'its controller has not seen the latest change yet',
    paused: (_counts: Counts) => 'paused',
    stuck: ({ desired, updated }: Counts) => `stuck: ${updated} of ${desired} updated within its deadline`,
    zero: (_counts: Counts) => 'scaled to zero',
  },
  strategy: 'Strategy',
  revision: 'Revision',
  deadline: 'Deadline',
  selector: 'Selector',
  service: 'Service',
  podManagement: 'Pod management',
  claims: 'Claims',

  completions: 'Completions',
  jobCounts: ({ done, wanted, active, failed }: { done: number; wanted: number; active: number; failed: number }) =>
    [`${done} of ${wanted} done`, ...(active > 0 ? [`${active} active`] : []), ...(failed > 0 ? [`${failed} failed`] : [])].join(' · '),
  duration: 'Duration',
  completed: 'Completed',
  parallelism: 'Parallelism',
  backoffLimit: 'Backoff limit',
  activeDeadline: 'Active deadline',
  ttl: 'Kept for',
  suspended: 'Suspended',
  schedule: 'Schedule',
  lastSchedule: 'Last schedule',
  lastSuccess: 'Last success',
  concurrency: 'Concurrency',
  startingDeadline: 'Starting deadline',
  historyLimits: 'Keeps',
  keeps: (successful: number, failed: number) => `${successful} successful, ${failed} failed`,
  active: 'Active',
  jobs: 'Jobs',

  clusterIp: 'Cluster IP',
  externalName: 'External name',
  externalIps: 'External IPs',
  sessionAffinity: 'Session affinity',
  trafficPolicy: 'External traffic',
  publishNotReady: 'Also not ready',
  portColumns: { name: 'Name', port: 'Port', target: 'Target', nodePort: 'Node port', protocol: 'Protocol' },
  endpoints: 'Endpoints',
  endpointCounts: (ready: number, all: number) => (all === 0 ? 'its selector picks no pods' : `${ready} of ${plural(all, 'pod')} ready`),
  class: 'Class',
  address: 'Address',
  defaultBackend: 'Default backend',
  rules: 'Rules',
  ruleColumns: { host: 'Host', path: 'Path', backend: 'Backend' },

  scales: 'Scales',
  between: (current: number, least: number, most: number) => `${current}, between ${least} and ${most}`,
  desired: 'Desired',
  lastScaled: 'Last scaled',
  metrics: 'Metrics',
  metricColumns: { metric: 'Metric', current: 'Now', wanted: 'Target' },
  mayBeEvicted: 'May be evicted',
  healthyPods: 'Healthy pods',
  ofDesired: (current: number, desired: number, all: number) => `${current} of ${plural(all, 'pod')}, at least ${desired}`,
  minAvailable: 'Min available',
  maxUnavailable: 'Max unavailable',
  unhealthyPolicy: 'Unhealthy pods',
  appliesTo: 'Applies to',
  allPods: (namespace: string) => `all pods in ${namespace}`,
  policyTypes: 'Types',
  mayReach: 'May reach these pods',
  mayBeReached: 'These pods may reach',
  nobodyIn: 'Nobody: all traffic to them is refused.',
  nobodyOut: 'Nothing: all traffic from them is refused.',
  anybody: 'Anybody',
  anyPort: 'on any port',
  onPorts: (ports: string) => `on ${ports}`,
  peer: ({ pods, namespaces, block }: PeerParts) => {
    if (block !== null) return block;
    const who = pods === null || pods === '' ? 'all pods' : `pods with ${pods}`;
    if (namespaces === null) return `${who} of this namespace`;
    return namespaces === '' ? `${who} of all namespaces` : `${who} of namespaces with ${namespaces}`;
  },

  immutable: 'Immutable',
  keys: (count: number) => plural(count, 'key'),
  binary: (size: string) => `binary, ${size}`,
  copyValue: (key: string) => `Copy ${key}`,
  account: 'Account',
  reveal: (key: string) => `Reveal ${key}`,
  hide: (key: string) => `Hide ${key}`,
  revealWord: 'Reveal',
  hideWord: 'Hide',
  revealNote: 'That you look at it is written to the audit.',
  hidden: '••••••••',
  hidesSoon: 'Hidden again after 30 seconds.',
  notRecorded: 'A recording holds no values.',
  mayNotReveal: 'You may not see values: the permission secret.reveal is missing.',
  notRevealed: 'The value could not be shown',
  certificates: 'Certificates',
  subject: 'Subject',
  issuer: 'Issuer',
  selfSigned: 'itself (self-signed)',
  certificateNames: 'Names',
  privateKey: 'Private key',
  keyMatches: 'belongs to it',
  keyDiffers: 'belongs to another certificate',
  validFrom: 'Valid from',
  validTo: 'Valid until',
  chain: 'Chain',
  notYetValid: 'not valid yet',
  expired: (since: string) => `expired ${since} ago`,
  validFor: (left: string) => `valid for ${left}`,

  volume: 'Volume',
  asked: 'Asked for',
  capacity: 'Capacity',
  inUse: 'In use',
  accessModes: 'Access modes',
  volumeMode: 'Volume mode',
  claim: 'Claim',
  reclaim: 'Reclaim policy',
  source: 'Source',
  provisioner: 'Provisioner',
  isDefault: 'Default',
  binding: 'Binding',
  expansion: 'Can grow',
  mountOptions: 'Mount options',
  parameters: 'Parameters',

  scheduling: 'Scheduling',
  cordoned: 'cordoned',
  schedulable: 'takes new pods',
  nodeRoles: 'Roles',
  kubelet: 'Kubelet',
  runtime: 'Runtime',
  system: 'System',
  podCidr: 'Pod CIDR',
  provider: 'Provider',
  capacityColumns: { resource: 'Resource', total: 'Capacity', forPods: 'For pods', requested: 'Requested', used: 'In use' },
  taints: 'Taints',
  finalizers: 'Finalizers',
  quotas: 'Resource quotas',
  limitRanges: 'Limit ranges',

  pullSecrets: 'Pull secrets',
  secrets: 'Secrets',
  automount: 'Mounts its token',
  boundBy: 'Bound by',
  usedBy: 'Used by',
  roleColumns: { resources: 'Resources', groups: 'Groups', names: 'Names', verbs: 'Verbs' },
  noRules: 'It grants nothing.',
  coreGroup: 'core',
  aggregated: 'Its rules are gathered from other ClusterRoles by their labels.',
  role: 'Role',
  subjects: 'Subjects',
  noSubjects: 'It is given to nobody.',

  kind: 'Kind',
  group: 'Group',
  names: 'Names',
  scope: 'Scope',
  categories: 'Categories',
  conversion: 'Conversion',
  versions: 'Versions',
  versionColumns: { version: 'Version', isServed: 'Served', isStored: 'Stored', note: 'Note' },
  deprecated: 'deprecated',

  reason: 'Reason',
  about: 'About',
  count: 'Count',
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  toldBy: 'Told by',
  related: 'Related',
};
