import { type ForbiddenRequest, parseForbidden } from '../access/forbidden.ts';
import { accountOf } from '../access/grants.ts';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { eventEvidence } from '../pods/evidence.ts';

export type EventDenialFacts = Pick<ForbiddenRequest, 'user' | 'verb' | 'resource' | 'group' | 'namespace'> & { reason: string };

export const accessDeniedInEvent = defineCode<EventDenialFacts>({
  code: 'access-denied-event',
  title: 'A controller is refused by the API server',
  documentation:
    'A warning event says that a controller may not do what the object asks of it: the role of its ServiceAccount lacks a verb, a resource or a namespace, or the account is not bound at all. The object waits for something that never comes.',
  silentWhen: 'The last such event is older than ten minutes, or who was refused is no ServiceAccount (a person who tried something).',
  opensAfterSeconds: 30,
  closesAfterSeconds: 60,
  message: ({ user, verb, resource, reason }) => `${reason}: ${user} may not ${verb} ${resource}.`,
});

const recentMs = 10 * 60_000;

export const accessDeniedEventAnalyser = defineAnalyser({
  id: 'access-denied-event',
  kind: 'Event',
  reads: ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ServiceAccount'],
  codes: [accessDeniedInEvent],
  *analyse(event, view) {
    const request = event.type === 'Warning' && event.message?.includes('cannot') ? parseForbidden(event.message) : null;
    const { kind, name, namespace = null, apiVersion = 'v1' } = event.involvedObject;
    if (request === null || accountOf(request.user) === null || kind === undefined || name === undefined) return;
    const object = { apiVersion, kind, namespace, name };
    const told = view.events(object).find(({ message }) => message === event.message);
    if (told === undefined || view.find(object) === undefined || view.passed(told.at + recentMs + 1)) return;
    const { user, verb, resource, group, namespace: where } = request;
    yield {
      code: accessDeniedInEvent.code,
      object,
      discriminator: `${user} ${verb} ${resource}.${group}`,
      severity: 'medium' as const,
      since: told.firstAt,
      facts: { user, verb, resource, group, namespace: where, reason: told.reason },
      evidence: [eventEvidence(told, { decisive: true })],
    };
  },
});
