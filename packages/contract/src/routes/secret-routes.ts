import * as z from 'zod';
import { certificateListSchema, revealedValueSchema } from '../secrets/secrets.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const secret = { namespace: z.string().min(1), name: z.string().min(1) };

export const secretRoutes = {
  revealSecretValue: defineRoute({
    id: 'revealSecretValue',
    method: 'POST',
    path: '/api/secrets/reveal',
    permission: 'secret.reveal',
    effect: 'read',
    summary: 'One value of a Secret, for a person to read. That it was shown, and to whom, is written down before it is.',
    input: z.object({ ...ofCluster, ...secret, key: z.string().min(1).max(253) }),
    output: revealedValueSchema,
  }),
  listCertificates: defineRoute({
    id: 'listCertificates',
    method: 'GET',
    path: '/api/secrets/certificates',
    permission: 'resource.read',
    effect: 'read',
    summary: 'The certificates in a Secret: whom they are for, by whom, until when, and whether the private key belongs to them. No value is shown.',
    input: z.object({ ...ofCluster, ...secret }),
    output: certificateListSchema,
  }),
} as const;
