import { accessRoutes } from './access-routes.ts';
import { actionRoutes } from './action-routes.ts';
import { adminRoutes } from './admin-routes.ts';
import { adviceRoutes } from './advice-routes.ts';
import { alertRoutes } from './alert-routes.ts';
import { assistantRoutes } from './assistant-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { changeRoutes } from './change-routes.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { editRoutes } from './edit-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { explainRoutes } from './explain-routes.ts';
import { forwardRoutes } from './forward-routes.ts';
import { helmRoutes } from './helm-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';
import { logRoutes } from './log-routes.ts';
import { loginRoutes } from './login-routes.ts';
import { mcpRoutes } from './mcp-routes.ts';
import { metricRoutes } from './metric-routes.ts';
import { modelRoutes } from './model-routes.ts';
import { namespaceRoutes } from './namespace-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { overviewRoutes } from './overview-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { podRoutes } from './pod-routes.ts';
import { resourceRoutes } from './resource-routes.ts';
import { secretRoutes } from './secret-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { snapshotRoutes } from './snapshot-routes.ts';
import { storageRoutes } from './storage-routes.ts';
import { terminalRoutes } from './terminal-routes.ts';
import { terminalShellRoutes } from './terminal-shell-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';
import { topologyRoutes } from './topology-routes.ts';

/** Every route, by id. The server, the web client, the OpenAPI document and the tests derive from this table. */
export const routes = {
  ...sessionRoutes,
  ...snapshotRoutes,
  ...clusterRoutes,
  ...namespaceRoutes,
  ...resourceRoutes,
  ...objectRoutes,
  ...secretRoutes,
  ...issueRoutes,
  ...overviewRoutes,
  ...topologyRoutes,
  ...alertRoutes,
  ...eventRoutes,
  ...adviceRoutes,
  ...explainRoutes,
  ...planRoutes,
  ...podRoutes,
  ...logRoutes,
  ...forwardRoutes,
  ...loginRoutes,
  ...changeRoutes,
  ...editRoutes,
  ...accessRoutes,
  ...actionRoutes,
  ...helmRoutes,
  ...metricRoutes,
  ...auditRoutes,
  ...assistantRoutes,
  ...terminalRoutes,
  ...terminalShellRoutes,
  ...knowledgeRoutes,
  ...mcpRoutes,
  ...modelRoutes,
  ...authRoutes,
  ...adminRoutes,
  ...storageRoutes,
  ...ticketRoutes,
} as const;

export type RouteId = keyof typeof routes;
