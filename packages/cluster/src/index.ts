export type * from './access/cluster-access.ts';
export * from './evidence/evidence.ts';
