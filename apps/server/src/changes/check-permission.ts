import { AppError, type Change, type Permission, permissionOf, type RouteDescriptor, routes } from '@quarterdeck/contract';

/** The route for changes of each permission. */
const routeFor: Partial<Record<Permission, RouteDescriptor>> = {
  'resource.write': routes.applyChanges,
  'resource.delete': routes.deleteObjects,
  'node.manage': routes.changeNodes,
};

/**
 * The gate decided by the permission of the route, so only changes that need just this permission may pass here.
 * Throws VALIDATION_ERROR with the route to use instead.
 */
export function checkPermission(changes: readonly Change[], route: Pick<RouteDescriptor, 'permission'>): void {
  const other = changes.find((change) => permissionOf(change) !== route.permission);
  if (other === undefined) return;
  const needed = permissionOf(other);
  throw new AppError('VALIDATION_ERROR', `To ${other.verb} a ${other.target.kind} is not done here: it needs the permission ${needed}.`, {
    hint: `Send it to POST ${routeFor[needed]?.path ?? '/api/changes'}.`,
    details: { permission: needed },
  });
}
