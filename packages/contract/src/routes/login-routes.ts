import * as z from 'zod';
import { loginConsentSchema, loginOfferSchema, startedLoginSchema } from '../logins/login.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

/** What an issuer sends with the browser is its own; nothing of it is longer than a URL may be. */
const sent = z.string().max(4096).optional();

export const loginRoutes = {
  getLogin: defineRoute({
    id: 'getLogin',
    method: 'GET',
    path: '/api/logins',
    permission: 'cluster.read',
    effect: 'read',
    summary:
      'What a person can do about the login of a cluster: log in in the browser, or allow what an imported kubeconfig wants to run and read. What that is shows to whoever may allow it.',
    input: z.object({ ...ofCluster }),
    output: loginOfferSchema,
  }),
  startLogin: defineRoute({
    id: 'startLogin',
    method: 'POST',
    path: '/api/logins',
    permission: 'cluster.manage',
    effect: 'read',
    summary: 'Begins a login at the issuer of a cluster. Open the URL in a browser on this machine within five minutes; the cluster connects by itself.',
    input: z.object({ ...ofCluster }),
    output: startedLoginSchema,
  }),
  finishLogin: defineRoute({
    id: 'finishLogin',
    method: 'GET',
    path: '/api/logins/callback',
    permission: 'public',
    effect: 'read',
    summary: 'Where the browser comes back to from an issuer. Answers while a login with this state is pending, and once.',
    input: z.object({ state: z.string().min(1).max(200), code: sent, error: sent, error_description: sent, iss: sent }),
    output: z.unknown(),
    streams: 'text/plain',
  }),
  consentLogin: defineRoute({
    id: 'consentLogin',
    method: 'POST',
    path: '/api/logins/consent',
    // Whoever allows it runs a program with the rights of the workbench itself.
    permission: 'login.consent',
    effect: 'read',
    summary: 'Allows exactly what an imported kubeconfig wants to run and read, by the id that was shown. What changes is asked for again.',
    input: z.object({ ...ofCluster, consent: loginConsentSchema.shape.id }),
    output: loginOfferSchema,
  }),
} as const;
