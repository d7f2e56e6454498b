import type { ObjectRef } from '@quarterdeck/contract';

/** What a command alone does not say. */
export interface CommandFacts {
  /** RFC 3339, for restarts. */
  at: string;
  /** Names of the containers of a workload or CronJob; none where it can't be read. */
  containers(target: ObjectRef): Promise<readonly string[]>;
}
