import { type ClusterAccess, type IssueWatch, systemWatchClock } from '@quarterdeck/cluster';
import type { ClusterChoice } from '../cluster/cluster-options.ts';
import { look } from '../cluster/diagnose-cluster.ts';

/** Milliseconds between two looks at the cluster. */
const lookAgain = 5_000;

/** Looks from time to time whether an issue is still there. One that is not there for a moment has not gone: it must be twice. */
export function lookForIssue(access: ClusterAccess, choice: ClusterChoice & { namespace?: string | undefined }): IssueWatch {
  return {
    async *follow(id, signal) {
      for (let missed = 0; ; ) {
        const { diagnosis } = await look(access, choice, signal);
        const incident = diagnosis.incidents.find((each) => each.id === id);
        missed = incident === undefined ? missed + 1 : 0;
        if (missed > 1) yield { open: false, message: 'The issue is gone.' };
        else yield { open: true, message: incident === undefined ? 'The issue is not seen any more; looking once more.' : 'The issue is still there.' };
        await systemWatchClock.sleep(lookAgain, signal);
      }
    },
  };
}
