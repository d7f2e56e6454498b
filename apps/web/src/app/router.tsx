import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, retainSearchParams } from '@tanstack/react-router';
import { ClusterGate } from '../features/clusters/cluster-gate.tsx';
import { readLogsSearch } from '../features/logs/log-search.ts';
import { NotFound } from './not-found.tsx';
import { Root } from './root.tsx';
import {
  parseSearch,
  readAccessSearch,
  readActionsSearch,
  readAdviceSearch,
  readAiChatSearch,
  readAiCostSearch,
  readAiKnowledgeSearch,
  readAiProvidersSearch,
  readAiRunsSearch,
  readAlertsSearch,
  readCompareSearch,
  readCreateSearch,
  readEventsSearch,
  readForwardsSearch,
  readHelmSearch,
  readIssueSearch,
  readIssuesSearch,
  readObjectSearch,
  readResourcesSearch,
  readScope,
  readTerminalSearch,
  readTopologySearch,
  type ScopeSearch,
  stringifySearch,
} from './search.ts';

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  validateSearch: readScope,
  search: { middlewares: [retainSearchParams<ScopeSearch>(['cluster', 'ns'])] },
});

/** Pages of the selected cluster; the others are there without one. */
const clusterRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'cluster',
  component: () => (
    <ClusterGate>
      <Outlet />
    </ClusterGate>
  ),
});

const overviewRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
});
const eventsRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/events',
  validateSearch: readEventsSearch,
  component: lazyRouteComponent(() => import('../features/events/events-page.tsx'), 'EventsPage'),
});
const adviceRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/advice',
  validateSearch: readAdviceSearch,
  component: lazyRouteComponent(() => import('../features/advice/advice-page.tsx'), 'AdvicePage'),
});
const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts',
  validateSearch: readAlertsSearch,
  component: lazyRouteComponent(() => import('../features/alerts/alerts-page.tsx'), 'AlertsPage'),
});
const fleetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/fleet',
  component: lazyRouteComponent(() => import('../features/fleet/fleet-page.tsx'), 'FleetPage'),
});
const issuesRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/issues',
  validateSearch: readIssuesSearch,
  component: lazyRouteComponent(() => import('../features/issues/issues-page.tsx'), 'IssuesPage'),
});
const issueRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/issues/$issueId',
  validateSearch: readIssueSearch,
  component: lazyRouteComponent(() => import('../features/issue-detail/issue-detail-page.tsx'), 'IssueDetailPage'),
});
const logsRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/logs',
  validateSearch: readLogsSearch,
  component: lazyRouteComponent(() => import('../features/logs/logs-page.tsx'), 'LogsPage'),
});
const resourcesRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/resources/$kind',
  validateSearch: readResourcesSearch,
  component: lazyRouteComponent(() => import('../features/resources/resources-page.tsx'), 'ResourcesPage'),
});
/** The splat is the object's key: `Pod/shop/api-0`. */
const objectRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/objects/$',
  validateSearch: readObjectSearch,
  component: lazyRouteComponent(() => import('../features/object-detail/object-page.tsx'), 'ObjectPage'),
});
const treeRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/tree',
  validateSearch: readResourcesSearch,
  component: lazyRouteComponent(() => import('../features/tree/tree-page.tsx'), 'TreePage'),
});

const createPageRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/create',
  validateSearch: readCreateSearch,
  component: lazyRouteComponent(() => import('../features/create/create-page.tsx'), 'CreatePage'),
});
const compareRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/compare',
  validateSearch: readCompareSearch,
  component: lazyRouteComponent(() => import('../features/editor/compare/compare-page.tsx'), 'ComparePage'),
});
const helmRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/helm',
  validateSearch: readHelmSearch,
  component: lazyRouteComponent(() => import('../features/helm/releases-page.tsx'), 'ReleasesPage'),
});
const topologyRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/topology',
  validateSearch: readTopologySearch,
  component: lazyRouteComponent(() => import('../features/topology/topology-page.tsx'), 'TopologyPage'),
});
const releaseRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/helm/$namespace/$name',
  validateSearch: readHelmSearch,
  component: lazyRouteComponent(() => import('../features/helm/release-page.tsx'), 'ReleasePage'),
});

const accessRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/access',
  validateSearch: readAccessSearch,
  component: lazyRouteComponent(() => import('../features/access/access-page.tsx'), 'AccessPage'),
});

/** The assistant's page: its tabs are its children, listed in `ai-tabs.ts`. */
const aiRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ai',
  component: lazyRouteComponent(() => import('../features/assistant/ai-page.tsx'), 'AiPage'),
});
const aiAssistanceRoute = createRoute({
  getParentRoute: () => aiRoute,
  path: '/assistance',
  component: lazyRouteComponent(() => import('../features/assistance/assistance-page.tsx'), 'AssistancePage'),
});
const aiChatRoute = createRoute({
  getParentRoute: () => aiRoute,
  path: '/',
  validateSearch: readAiChatSearch,
  component: lazyRouteComponent(() => import('../features/assistant/chat-tab.tsx'), 'ChatTab'),
});

const aiProvidersRoute = createRoute({
  getParentRoute: () => aiRoute,
  path: '/providers',
  validateSearch: readAiProvidersSearch,
  component: lazyRouteComponent(() => import('../features/providers/providers-page.tsx'), 'ProvidersPage'),
});

const aiRunsRoute = createRoute({
  getParentRoute: () => aiRoute,
  path: '/runs',
  validateSearch: readAiRunsSearch,
  component: lazyRouteComponent(() => import('../features/model-runs/runs-page.tsx'), 'ModelRunsPage'),
});

const aiCostRoute = createRoute({
  getParentRoute: () => aiRoute,
  path: '/cost',
  validateSearch: readAiCostSearch,
  component: lazyRouteComponent(() => import('../features/cost/cost-page.tsx'), 'CostPage'),
});

const aiKnowledgeRoute = createRoute({
  getParentRoute: () => aiRoute,
  path: '/knowledge',
  validateSearch: readAiKnowledgeSearch,
  component: lazyRouteComponent(() => import('../features/knowledge/knowledge-page.tsx'), 'KnowledgePage'),
});

const aiPromptsRoute = createRoute({
  getParentRoute: () => aiRoute,
  path: '/prompts',
  component: lazyRouteComponent(() => import('../features/prompts/prompts-page.tsx'), 'PromptsPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
});
const usersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin/users',
  component: lazyRouteComponent(() => import('../features/administration/users-page.tsx'), 'UsersPage'),
});
const rolesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin/roles',
  component: lazyRouteComponent(() => import('../features/administration/roles-page.tsx'), 'RolesPage'),
});
const actionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/actions',
  validateSearch: readActionsSearch,
  component: lazyRouteComponent(() => import('../features/actions/actions-page.tsx'), 'ActionsPage'),
});
const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../features/welcome/welcome-page.tsx'), 'WelcomePage'),
});
const storageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/storage',
  component: lazyRouteComponent(() => import('../features/storage/storage-page.tsx'), 'StoragePage'),
});
const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});
const terminalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/terminal',
  validateSearch: readTerminalSearch,
  component: lazyRouteComponent(() => import('../features/terminal/terminal-page.tsx'), 'TerminalPage'),
});
const forwardsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forwards',
  validateSearch: readForwardsSearch,
  component: lazyRouteComponent(() => import('../features/forwards/forwards-page.tsx'), 'ForwardsPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});

export function createAppRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren([
      clusterRoute.addChildren([
        overviewRoute,
        eventsRoute,
        adviceRoute,
        accessRoute,
        issuesRoute,
        issueRoute,
        resourcesRoute,
        objectRoute,
        logsRoute,
        treeRoute,
        createPageRoute,
        compareRoute,
        helmRoute,
        releaseRoute,
        topologyRoute,
      ]),
      aiRoute.addChildren([aiChatRoute, aiAssistanceRoute, aiProvidersRoute, aiRunsRoute, aiCostRoute, aiKnowledgeRoute, aiPromptsRoute]),
      alertsRoute,
      fleetRoute,
      accountRoute,
      usersRoute,
      rolesRoute,
      actionsRoute,
      forwardsRoute,
      terminalRoute,
      auditRoute,
      settingsRoute,
      storageRoute,
      welcomeRoute,
    ]),
    parseSearch,
    stringifySearch,
    defaultNotFoundComponent: NotFound,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface HistoryState {
    /** Whether an object's page was opened from its drawer, so that the way back is there. */
    fromDrawer?: boolean;
  }
}
