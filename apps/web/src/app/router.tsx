import { createRootRoute, createRoute, createRouter, redirect, retainSearchParams } from '@tanstack/react-router';
import { IssueDetailPage } from '../features/issue-detail/issue-detail-page.tsx';
import { IssuesPage } from '../features/issues/issues-page.tsx';
import { ResourcesPage } from '../features/resources/resources-page.tsx';
import { TreePage } from '../features/tree/tree-page.tsx';
import { NotFound } from './not-found.tsx';
import { Root } from './root.tsx';
import { parseSearch, readIssueSearch, readIssuesSearch, readResourcesSearch, readScope, type ScopeSearch, stringifySearch } from './search.ts';

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

const issuesRoute = createRoute({ getParentRoute: () => rootRoute, path: '/issues', validateSearch: readIssuesSearch, component: IssuesPage });
const issueRoute = createRoute({ getParentRoute: () => rootRoute, path: '/issues/$issueId', validateSearch: readIssueSearch, component: IssueDetailPage });
const resourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/resources/$kind',
  validateSearch: readResourcesSearch,
  component: ResourcesPage,
});
const treeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/tree', validateSearch: readResourcesSearch, component: TreePage });

export function createAppRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren([indexRoute, issuesRoute, issueRoute, resourcesRoute, treeRoute]),
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
