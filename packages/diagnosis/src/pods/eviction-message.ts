/** What a pod used too much of, as the kubelet says when it evicts. */
export interface OwnLimit {
  what: 'container' | 'pod' | 'volume';
  /** The container or the emptyDir; null for the pod as a whole. */
  name: string | null;
  limit: string;
}

/** A limit of the pod's own; null where the node ran short. Texts: kubelet/eviction/eviction_manager.go. */
export function ownLimitIn(message: string): OwnLimit | null {
  const volume = /Usage of EmptyDir volume "([^"]+)" exceeds the limit "([^"]+)"/.exec(message);
  if (volume !== null) return { what: 'volume', name: volume[1] ?? null, limit: volume[2] ?? '' };
  const container = /Container (\S+) exceeded its local ephemeral storage limit "([^"]+)"/.exec(message);
  if (container !== null) return { what: 'container', name: container[1] ?? null, limit: container[2] ?? '' };
  const pod = /ephemeral local storage usage exceeds the total limit of containers (\S+?)\.?\s*$/.exec(message);
  return pod === null ? null : { what: 'pod', name: null, limit: pod[1] ?? '' };
}
