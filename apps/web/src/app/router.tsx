import { createRootRoute, createRoute, createRouter, Outlet, redirect, retainSearchParams } from '@tanstack/react-router';
import { AccountPage } from '../features/account/account-page.tsx';
import { ActionsPage } from '../features/actions/actions-page.tsx';
import { RolesPage } from '../features/administration/roles-page.tsx';
import { UsersPage } from '../features/administration/users-page.tsx';
import { AuditPage } from '../features/audit/audit-page.tsx';
import { ClusterGate } from '../features/clusters/cluster-gate.tsx';
import { IssueDetailPage } from '../features/issue-detail/issue-detail-page.tsx';
import { IssuesPage } from '../features/issues/issues-page.tsx';
import { ResourcesPage } from '../features/resources/resources-page.tsx';
import { TreePage } from '../features/tree/tree-page.tsx';
import { NotFound } from './not-found.tsx';
import { Root } from './root.tsx';
import {
  parseSearch,
  readActionsSearch,
  readIssueSearch,
  readIssuesSearch,
  readResourcesSearch,
  readScope,
  type ScopeSearch,
  stringifySearch,
} from './search.ts';

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  validateSearch: readScope,
  search: { middlewares: [retainSearchParams<ScopeSearch>(['cluster', 'ns'])] },
});

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/issues', search });
  },
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

const issuesRoute = createRoute({ getParentRoute: () => clusterRoute, path: '/issues', validateSearch: readIssuesSearch, component: IssuesPage });
const issueRoute = createRoute({ getParentRoute: () => clusterRoute, path: '/issues/$issueId', validateSearch: readIssueSearch, component: IssueDetailPage });
const resourcesRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/resources/$kind',
  validateSearch: readResourcesSearch,
  component: ResourcesPage,
});
const treeRoute = createRoute({ getParentRoute: () => clusterRoute, path: '/tree', validateSearch: readResourcesSearch, component: TreePage });

const accountRoute = createRoute({ getParentRoute: () => rootRoute, path: '/account', component: AccountPage });
const usersRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/users', component: UsersPage });
const rolesRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/roles', component: RolesPage });
const actionsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/actions', validateSearch: readActionsSearch, component: ActionsPage });
const auditRoute = createRoute({ getParentRoute: () => rootRoute, path: '/audit', component: AuditPage });

export function createAppRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren([
      indexRoute,
      clusterRoute.addChildren([issuesRoute, issueRoute, resourcesRoute, treeRoute]),
      accountRoute,
      usersRoute,
      rolesRoute,
      actionsRoute,
      auditRoute,
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
}
