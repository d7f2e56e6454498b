export interface ToolCall {
  tool: string;
  args: object;
}

/** A question, what each side is asked so that its answers hold the facts, and the facts. */
export interface McpQuestion {
  text: string;
  ours: readonly ToolCall[];
  theirs: readonly ToolCall[];
  facts: readonly string[];
}

const call = (tool: string, args: object = {}): ToolCall => ({ tool, args });

/** As somebody on call asks them. `pod` gives the name of a pod of an app. */
export function questionsAbout(namespace: string, pod: (app: string) => string): McpQuestion[] {
  const issues = (search: string) => [call('list_issues', { namespace, search })];
  const events = call('events_list', { namespace });
  const pods = call('pods_list_in_namespace', { namespace });
  const one = (apiVersion: string, kind: string, name: string) => call('resources_get', { apiVersion, kind, namespace, name });
  const all = (apiVersion: string, kind: string) => call('resources_list', { apiVersion, kind, namespace });
  return [
    {
      text: 'What is broken here, and why?',
      ours: [call('list_issues', { namespace })],
      theirs: [pods, events, all('v1', 'PersistentVolumeClaim'), all('v1', 'Service'), all('discovery.k8s.io/v1', 'EndpointSlice')],
      facts: ['db-login', 'local/missing:1', 'worker', 'fast-ssd', 'checkout'],
    },
    { text: 'Why does web not start?', ours: issues('web'), theirs: [one('v1', 'Pod', pod('web')), events], facts: ['db-login'] },
    { text: 'Why does api not start?', ours: issues('api'), theirs: [one('v1', 'Pod', pod('api')), events], facts: ['local/missing:1'] },
    {
      text: 'Why does worker crash?',
      ours: [call('get_logs', { kind: 'Deployment', name: 'worker', namespace, tail: 3 })],
      theirs: [one('v1', 'Pod', pod('worker')), call('pods_log', { namespace, name: pod('worker') })],
      facts: ['connection refused: queue:5672'],
    },
    {
      text: 'Which pods are there, and how are they?',
      ours: [call('list_resources', { kind: 'Pod', namespace, columns: ['name', 'status', 'restarts'] })],
      theirs: [all('v1', 'Pod')],
      facts: [pod('web'), pod('shop'), 'Running', 'ImagePull'],
    },
    {
      text: 'Which image does shop run, how often?',
      ours: [call('get_resource', { kind: 'Deployment', name: 'shop', namespace, fields: ['spec.replicas', 'spec.template.spec.containers.image'] })],
      theirs: [one('apps/v1', 'Deployment', 'shop')],
      facts: ['docker.io/local/pause:1', 'replicas: 3'],
    },
    {
      text: 'Why does nobody answer at checkout?',
      ours: issues('checkout'),
      theirs: [one('v1', 'Service', 'checkout'), all('discovery.k8s.io/v1', 'EndpointSlice'), pods],
      facts: ['chekout'],
    },
    {
      text: 'Why is the claim data pending?',
      ours: issues('data'),
      theirs: [one('v1', 'PersistentVolumeClaim', 'data'), events, call('resources_list', { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' })],
      facts: ['fast-ssd'],
    },
    {
      text: 'What was warned of?',
      ours: [call('list_events', { namespace, type: 'Warning', limit: 10 })],
      theirs: [events],
      facts: ['db-login', 'BackOff'],
    },
    {
      text: 'How are the nodes?',
      ours: [call('list_resources', { kind: 'Node', columns: ['name', 'status', 'version'] })],
      theirs: [call('resources_list', { apiVersion: 'v1', kind: 'Node' })],
      facts: ['v1.35'],
    },
    {
      text: 'Which Deployments are not ready?',
      ours: [call('list_resources', { kind: 'Deployment', namespace, columns: ['name', 'ready'] })],
      theirs: [all('apps/v1', 'Deployment')],
      facts: ['web', 'api', 'worker', 'shop'],
    },
    {
      text: 'What does shop read, and what runs it?',
      ours: [call('list_neighbours', { kind: 'Deployment', name: 'shop', namespace })],
      theirs: [one('apps/v1', 'Deployment', 'shop'), all('apps/v1', 'ReplicaSet')],
      facts: ['shop-settings', 'ReplicaSet'],
    },
  ];
}
