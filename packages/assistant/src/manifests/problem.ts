import type { MadeObject } from './wanted.ts';

/** What stands against a manifest, and who says so. */
export interface Problem {
  /** `schema`: the cluster's OpenAPI documents; `server`: its dry run; `policy`: the checks of the lint layer. */
  source: 'schema' | 'server' | 'policy';
  /** Whether it can be created all the same: advice. */
  advice: boolean;
  /** The check's code, or the error's. */
  code: string;
  /** `Deployment web`. */
  object: string;
  /** Field path inside the object; null where the object as a whole is meant. */
  path: string | null;
  message: string;
}

export function objectLabel({ kind, metadata }: MadeObject): string {
  return `${kind} ${metadata.name}`;
}
