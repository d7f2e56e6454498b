import { routes } from '@quarterdeck/contract';
import { refuseLocal } from './auth-handlers.ts';
import { handle, type RouteHandlers } from './route-handler.ts';

type AdminRoutes =
  | 'listUsers'
  | 'createUser'
  | 'updateUser'
  | 'resetPassword'
  | 'endUserSessions'
  | 'removeMember'
  | 'listRoles'
  | 'createRole'
  | 'replaceRole'
  | 'deleteRole'
  | 'setAccessPolicy'
  | 'createOrganisation';

export function adminHandlers(): Pick<RouteHandlers, AdminRoutes> {
  return {
    listUsers: handle(routes.listUsers, refuseLocal),
    createUser: handle(routes.createUser, refuseLocal),
    updateUser: handle(routes.updateUser, refuseLocal),
    resetPassword: handle(routes.resetPassword, refuseLocal),
    endUserSessions: handle(routes.endUserSessions, refuseLocal),
    removeMember: handle(routes.removeMember, refuseLocal),
    listRoles: handle(routes.listRoles, refuseLocal),
    createRole: handle(routes.createRole, refuseLocal),
    replaceRole: handle(routes.replaceRole, refuseLocal),
    deleteRole: handle(routes.deleteRole, refuseLocal),
    setAccessPolicy: handle(routes.setAccessPolicy, refuseLocal),
    createOrganisation: handle(routes.createOrganisation, refuseLocal),
  };
}
