import { routes } from '@quarterdeck/contract';
import type { TeamDoor } from '../identity/open-team.ts';
import * as roles from '../identity/organisation-roles.ts';
import * as people from '../identity/people.ts';
import { recorded, refuseLocal } from './auth-handlers.ts';
import { handle, type RouteHandlers } from './route-handler.ts';

type PeopleRoutes = 'listUsers' | 'createUser' | 'updateUser' | 'resetPassword' | 'endUserSessions' | 'removeMember';
type RoleRoutes = 'listRoles' | 'createRole' | 'replaceRole' | 'deleteRole' | 'setAccessPolicy' | 'createOrganisation';

export function adminHandlers(door: TeamDoor | null): Pick<RouteHandlers, PeopleRoutes | RoleRoutes> {
  const inTeam = () => (door ?? refuseLocal()).team;
  return { ...peopleHandlers(inTeam), ...roleHandlers(inTeam) };
}

type InTeam = () => TeamDoor['team'];

function peopleHandlers(inTeam: InTeam): Pick<RouteHandlers, PeopleRoutes> {
  return {
    listUsers: handle(routes.listUsers, (_input, { actor }) => people.listPeople(inTeam(), actor)),
    createUser: handle(routes.createUser, (person, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'user.create', input: { ...person } }, () => people.takeIn(team, call.actor, person));
    }),
    updateUser: handle(routes.updateUser, ({ id, ...changes }, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'user.update', input: { id, ...changes } }, () => people.changePerson(team, call.actor, id, changes));
    }),
    resetPassword: handle(routes.resetPassword, async ({ id }, call) => {
      const team = inTeam();
      return { password: await recorded(team, call, { action: 'password.reset', input: { id } }, () => people.resetPassword(team, call.actor, id)) };
    }),
    endUserSessions: handle(routes.endUserSessions, ({ id }, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'session.end', input: { user: id } }, () => people.endLogins(team, call.actor, id));
    }),
    removeMember: handle(routes.removeMember, ({ id }, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'user.remove', input: { id } }, () => people.putOut(team, call.actor, id));
    }),
  };
}

function roleHandlers(inTeam: InTeam): Pick<RouteHandlers, RoleRoutes> {
  return {
    listRoles: handle(routes.listRoles, (_input, { actor }) => roles.listRoles(inTeam(), actor)),
    createRole: handle(routes.createRole, (role, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'role.create', input: { ...role } }, () => roles.makeRole(team, call.actor, role));
    }),
    replaceRole: handle(routes.replaceRole, ({ id, ...role }, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'role.replace', input: { id, ...role } }, () => roles.changeRole(team, call.actor, id, role));
    }),
    deleteRole: handle(routes.deleteRole, ({ id }, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'role.delete', input: { id } }, () => roles.removeRole(team, call.actor, id));
    }),
    setAccessPolicy: handle(routes.setAccessPolicy, async ({ subject, policy }, call) => {
      const team = inTeam();
      const restrict = subject.kind === 'user' ? people.restrictPerson : roles.restrictRole;
      await recorded(team, call, { action: 'policy.change', input: { subject, policy } }, () => restrict(team, call.actor, subject.id, policy));
      return { policy };
    }),
    createOrganisation: handle(routes.createOrganisation, ({ name }, call) => {
      const team = inTeam();
      return recorded(team, call, { action: 'organisation.create', input: { name } }, () => roles.makeOrganisation(team, call.actor, name));
    }),
  };
}
