import type { RouteCall, RouteId, routes } from '@quarterdeck/contract';

type Examples = { [Id in RouteId]?: RouteCall<(typeof routes)[Id]> };

const workload = { kind: 'Deployment', namespace: 'shop', name: 'checkout' };
const target = { apiVersion: 'apps/v1', ...workload };
const change = { verb: 'scale', target, replicas: 3 } as const;
const removal = { verb: 'delete', target: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'checkout-7d4b9c' } } as const;
const cordon = { verb: 'cordon', target: { apiVersion: 'v1', kind: 'Node', namespace: null, name: 'node-1' } } as const;
const place = { namespace: 'shop', pod: 'checkout-7d4b9c', path: '/etc/app' };
const release = { namespace: 'shop', name: 'checkout' };
const chart = { ...release, chart: 'oci://registry.example/charts/checkout', version: '1.4.2' };
const rule = { name: 'Worst first', when: { on: 'issue', severity: 'high' } } as const;
const byId = { id: 'b3f1c2' };

/** A call of each route that needs something to be said. */
const examples: Examples = {
  openLocalSession: { token: 'q0WmTg3H' },
  selectCluster: { cluster: 'production' },
  uploadKubeconfig: { name: 'staging', text: 'apiVersion: v1\nkind: Config\n' },
  removeKubeconfig: { name: 'staging' },
  listResources: { kind: 'Pod', namespace: 'shop', filter: 'status=Running', sort: '-restarts' },
  listCellValues: { kind: 'Pod', of: 'status' },
  getResource: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
  getRelations: workload,
  getObjectHistory: workload,
  getIssue: byId,
  dismissIssue: { ...byId, reason: 'known, mended on Monday' },
  restoreIssue: byId,
  rateIssue: { ...byId, rating: 1, note: 'rolled the chart back' },
  listAdvice: { namespace: 'shop', policy: 'true' },
  createPlan: { issueId: 'b3f1c2', userContext: 'We deployed version 2 an hour ago.' },
  createAlertRule: rule,
  replaceAlertRule: { ...byId, ...rule },
  deleteAlertRule: byId,
  testAlertRule: byId,
  getAct: { act: '01J9Z3' },
  getKindSchema: { apiVersion: 'apps/v1', kind: 'Deployment' },
  planEdit: {
    target,
    base: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout', namespace: 'shop' }, spec: { replicas: 2 } },
    edited: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout', namespace: 'shop' }, spec: { replicas: 3 } },
  },
  checkManifests: { text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n' },
  parseManifests: { text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n' },
  previewChange: { change },
  applyChange: { change },
  previewChanges: { changes: [change] },
  applyChanges: { changes: [change] },
  deleteObjects: { changes: [removal] },
  changeNodes: { changes: [cordon] },
  getRollout: workload,
  followRollout: { ...workload, timeoutSeconds: 60 },
  compareRevisions: { ...workload, from: 1, to: 2 },
  planDrain: { node: 'node-1' },
  drainNode: { node: 'node-1', options: { ignoreDaemonSets: true } },
  startForward: { namespace: 'shop', kind: 'Service', name: 'checkout', ports: [{ local: 0, remote: 80 }] },
  resumeForward: byId,
  stopForward: byId,
  getHelmRelease: release,
  getHelmHistory: release,
  getHelmObjects: release,
  getHelmDiff: { ...release, from: 1, to: 2 },
  previewHelmInstall: chart,
  previewHelmUpgrade: chart,
  installHelmRelease: chart,
  upgradeHelmRelease: chart,
  rollbackHelmRelease: { ...release, revision: 1 },
  uninstallHelmRelease: release,
  testHelmRelease: release,
  getLogs: { namespace: 'shop', name: 'checkout-7d4b9c', tail: 100 },
  exportLogs: { namespace: 'shop', name: 'checkout-7d4b9c', timestamps: 'true' },
  searchLogs: { namespace: 'shop', kind: 'Deployment', name: 'checkout', include: 'error' },
  finishLogin: { state: 'Zk1q', code: 'abc' },
  consentLogin: { consent: '6d1f'.repeat(16) },
  getMetricsHistory: { metric: 'cpu', target: 'pod', namespace: 'shop', name: 'checkout-7d4b9c' },
  listFiles: place,
  downloadFiles: place,
  uploadFile: place,
  debugPod: { namespace: 'shop', pod: 'checkout-7d4b9c' },
  debugNode: { node: 'node-1' },
  endDebugNode: { namespace: 'default', pod: 'node-debugger-node-1-x7k2p' },
  previewAction: { title: 'More replicas', steps: [{ change }] },
  getAction: byId,
  followAction: byId,
  approveAction: { ...byId, hash: 'sha256:6d1f' },
  stopAction: byId,
  undoAction: byId,
  repeatAction: byId,
  logIn: { email: 'ada@example.com', password: 'a long sentence' },
  setUpTeam: { token: 'q0WmTg3H', email: 'ada@example.com', name: 'Ada', password: 'a long sentence of mine' },
  switchOrganisation: { organisation: 'b3f1c2' },
  changePassword: { current: 'a long sentence', next: 'another long sentence' },
  createToken: { name: 'nightly', scopes: ['issue.read'] },
  revokeToken: byId,
  endSession: byId,
  createUser: { email: 'ada@example.com', name: 'Ada', role: 'operator' },
  updateUser: { ...byId, disabled: true },
  resetPassword: byId,
  endUserSessions: byId,
  removeMember: byId,
  createRole: { name: 'On call', grants: ['issue.*', 'log.read'] },
  replaceRole: { ...byId, name: 'On call', grants: ['issue.*'] },
  deleteRole: byId,
  setAccessPolicy: { subject: { kind: 'user', id: 'b3f1c2' }, policy: { namespaces: ['shop'], kinds: ['Pod', 'Deployment'] } },
  createOrganisation: { name: 'Shop' },
  ask: { question: 'Why does checkout restart?', focus: { namespace: 'shop' } },
  previewContext: { question: 'Why does checkout restart?', focus: { namespace: 'shop' } },
  followAnswer: byId,
  stopAnswer: byId,
  rateAnswer: { ...byId, rating: 'up' },
  getConversation: byId,
  changeConversation: { ...byId, title: 'Checkout restarts' },
  deleteConversation: byId,
  exportConversation: byId,
  suggestPrompts: { focus: { namespace: 'shop' } },
  setMemory: { instructions: 'Answer briefly.', facts: ['checkout is in the namespace shop'] },
  setPrivacy: { sendLogs: false },
  getRun: byId,
  setLimits: { messagesPerHour: 50 },
  issueTicket: { purpose: 'exec', shell: { namespace: 'shop', pod: 'checkout-7d4b9c', command: ['sh'], tty: 'true' } },
};

/** A call of the route by its id; empty for one that needs nothing. */
export function exampleOf(id: string): Record<string, unknown> {
  const found = Object.entries(examples).find(([known]) => known === id);
  return found?.[1] ?? {};
}
