import { clusterRoutes } from './cluster-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { resourceRoutes } from './resource-routes.ts';
import { sessionRoutes } from './session-routes.ts';

/** Every route, by id. The server, the web client, the OpenAPI document and the tests derive from this table. */
export const routes = { ...sessionRoutes, ...clusterRoutes, ...resourceRoutes, ...issueRoutes, ...planRoutes } as const;

export type RouteId = keyof typeof routes;
