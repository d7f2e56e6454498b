import type { RelationFamily } from '../object-graph.ts';
import { callRelations } from './call-relations.ts';
import { envRelations } from './env-relations.ts';
import { ownerRelations } from './owner-relations.ts';
import { podRelations } from './pod-relations.ts';
import { changeRelations, namespaceRelations, policyRelations, roleRelations } from './policy-relations.ts';
import { routeRelations } from './route-relations.ts';
import { selectorRelations } from './selector-relations.ts';
import { storageRelations } from './storage-relations.ts';
import { volumeRelations } from './volume-relations.ts';

/** Every family of relations, one a line. */
export const relationFamilies: readonly RelationFamily[] = [
  ownerRelations,
  namespaceRelations,
  selectorRelations,
  volumeRelations,
  envRelations,
  podRelations,
  storageRelations,
  routeRelations,
  policyRelations,
  roleRelations,
  changeRelations,
  callRelations,
];
