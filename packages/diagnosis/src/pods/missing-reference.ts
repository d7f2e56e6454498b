/** What a kubelet message says is missing. */
export interface MissingReference {
  kind: 'ConfigMap' | 'Secret';
  /** Null where the message names only the volume. */
  name: string | null;
  key: string | null;
  volume: string | null;
}

/** Texts of the kubelet, from the state CreateContainerConfigError and from FailedMount events. */
export function missingReferenceIn(message: string): MissingReference | null {
  const volume = /failed for volume "([^"]+)"/.exec(message)?.[1] ?? null;
  const object = /(configmap|secret) "([^"]+)" not found/i.exec(message);
  if (object !== null) return { kind: kindOf(object[1]), name: object[2] ?? null, key: null, volume };
  const key = /couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/\s]+\/)?(\S+)/.exec(message);
  if (key !== null) return { kind: kindOf(key[2]), name: key[3] ?? null, key: key[1] ?? null, volume };
  const item = /(?:references non-existent (config|secret) key: (\S+))/.exec(message);
  return item === null ? null : { kind: item[1] === 'secret' ? 'Secret' : 'ConfigMap', name: null, key: item[2] ?? null, volume };
}

function kindOf(word: string | undefined): 'ConfigMap' | 'Secret' {
  return word?.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
}
