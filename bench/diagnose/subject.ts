import type { ClusterSnapshot, EvidenceReader } from '@quarterdeck/cluster';
import type { KubeObject } from '@quarterdeck/contract';

/** What is diagnosed. Where nothing else is said, everything was read and logs tell of nothing. */
export interface Subject {
  objects: readonly KubeObject[];
  /** Epoch milliseconds. */
  now: number;
  coverage?: ClusterSnapshot['coverage'];
  customKinds?: ClusterSnapshot['customKinds'];
  evidence?: EvidenceReader;
}
