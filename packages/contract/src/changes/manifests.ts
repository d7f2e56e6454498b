import * as z from 'zod';
import { changeSchema } from './change.ts';

export const manifestVerbs = ['apply', 'create', 'replace', 'delete'] as const;
export type ManifestVerb = (typeof manifestVerbs)[number];

/** The changes that a text of YAML or JSON asks for, one a document. */
export const parsedManifestsSchema = z.object({ changes: z.array(changeSchema) });
