export const deletion = {
  deleteNamespaces: (what: string) => `Delete ${what} and all that is in it`,
  contents: (namespace: string) => `In ${namespace}`,
  contentsNotRead: (namespace: string) => `What is in ${namespace} could not be counted`,
  empty: 'Nothing is in it.',
  atLeast: (count: number) => `${count} or more`,
  notSeen: (kinds: string) => `Not counted, because it may not be listed: ${kinds}.`,
  forGood: 'All of it goes with the namespace. An undo brings back the namespace alone, empty.',

  terminating: 'Being deleted',
  since: 'since',
  heldBy: 'It goes when these finalizers are taken away:',
  waitsForPods: 'It goes when its node has ended its containers.',
  waitsForOwner: 'Nothing holds it: it goes in a moment.',
  finalizerNote: 'Whoever set a finalizer takes it away after cleaning up. Where that program is gone, the object stays for ever.',
  release: 'Take the finalizers away',
  releaseTitle: (what: string) => `Take the finalizers of ${what} away: what they were to clean up stays`,
};
