import type { Cluster } from '@quarterdeck/contract';

/** The clusters in which every word occurs, in name, server, user or file; the order is kept. */
export function findClusters(clusters: readonly Cluster[], query: string): Cluster[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return clusters.filter(({ name, server, user, file }) => {
    const text = [name, server, user, file].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
