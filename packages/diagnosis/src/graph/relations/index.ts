import type { RelationFamily } from '../object-graph.ts';
import { ownerRelations } from './owner-relations.ts';

/** Every family of relations, one a line. */
export const relationFamilies: readonly RelationFamily[] = [ownerRelations];
