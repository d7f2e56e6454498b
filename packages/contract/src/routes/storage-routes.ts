import * as z from 'zod';
import { storageReportSchema, storageStatusSchema } from '../storage/storage-status.ts';
import { defineRoute } from './route.ts';

export const storageRoutes = {
  getStorage: defineRoute({
    id: 'getStorage',
    method: 'GET',
    path: '/api/storage',
    permission: 'server.observe',
    effect: 'read',
    summary: 'Where the workbench keeps what survives a restart, and how much of it there is.',
    input: z.object({}),
    output: storageStatusSchema,
  }),
  checkStorage: defineRoute({
    id: 'checkStorage',
    method: 'GET',
    path: '/api/storage/check',
    permission: 'server.observe',
    effect: 'read',
    summary: 'Whether everything in the storage is as it was written: the file, the chain of the ledger, sealed credentials.',
    input: z.object({}),
    output: storageReportSchema,
  }),
} as const;
