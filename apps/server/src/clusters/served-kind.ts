import { findKind, type KindsFreshness } from '@quarterdeck/cluster';
import { type ResourceKind, toAppError } from '@quarterdeck/contract';

/** The kind that `Pod`, `pods`, `po` or `Kind.group` means. Throws NOT_FOUND with the nearest names. */
export async function servedKind(kinds: (freshness: KindsFreshness) => Promise<ResourceKind[]>, text: string): Promise<ResourceKind> {
  try {
    return findKind(await kinds('known'), text);
  } catch (thrown) {
    // It may have been installed a moment ago.
    if (toAppError(thrown).code !== 'NOT_FOUND') throw thrown;
    return findKind(await kinds('anew'), text);
  }
}
