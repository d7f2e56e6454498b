/** Why the kubelet or the attach controller cannot give a pod its volume, read from their events. `volume` is the pod's or the PersistentVolume's name. */
export type MountFailure =
  | { kind: 'host-path'; volume: string | null; path: string; wanted: string }
  | { kind: 'local-path'; volume: string | null; path: string }
  | { kind: 'driver'; volume: string | null; driver: string }
  | { kind: 'helper'; volume: string | null; type: string | null }
  | { kind: 'server'; volume: string | null; reason: string }
  | { kind: 'file-system'; volume: string | null; detail: string }
  | { kind: 'attach'; volume: string | null; detail: string }
  | { kind: 'token'; volume: string | null; account: string };

type Reader = [pattern: RegExp, read: (groups: Readonly<Record<string, string | undefined>>, volume: string | null) => MountFailure];

/** The texts of the kubelet's volume plugins (in-tree, local, CSI) and of mount(8) with its helpers. */
const readers: readonly Reader[] = [
  [
    /hostPath type check failed: (?<path>\S+) is not an? (?<wanted>directory|file|socket(?: file)?|character device|block device)/,
    ({ path = '', wanted = '' }, volume) => ({ kind: 'host-path', volume, path, wanted }),
  ],
  [/path "(?<path>[^"]+)" does not exist/, ({ path = '' }, volume) => ({ kind: 'local-path', volume, path })],
  [
    /driver name (?<listed>\S+) not found in the list of registered CSI drivers|CSINode \S+ does not contain driver (?<node>\S+)/,
    ({ listed, node }, volume) => ({ kind: 'driver', volume, driver: listed ?? node ?? '' }),
  ],
  [/serviceaccounts "(?<account>[^"]+)" not found/, ({ account = '' }, volume) => ({ kind: 'token', volume, account })],
  [
    /need a \/sbin\/mount\.<?(?<type>\w+)>? helper program|mount: unknown filesystem type '?(?<unknown>\w+)|executable file not found.*mount\.(?<missing>\w+)/,
    ({ type, unknown, missing }, volume) => ({
      kind: 'helper',
      volume,
      type: [unknown, missing, type].find((name) => name !== undefined && name !== 'type') ?? null,
    }),
  ],
  [
    /mount(?:\.nfs\d?|\.cifs)?(?: error)?: (?<reason>[^\n]*(?:denied|refused|timed out|No such|resolve|unreachable|No route)[^\n]*)/i,
    ({ reason = '' }, volume) => ({ kind: 'server', volume, reason: reason.trim() }),
  ],
  [
    /(?<detail>wrong fs type, bad option, bad superblock[^\n]*|'fsck' found errors[^\n]*|can't read superblock[^\n]*|structure needs cleaning[^\n]*)/i,
    ({ detail = '' }, volume) => ({ kind: 'file-system', volume, detail: detail.trim() }),
  ],
  [/AttachVolume\.Attach failed for volume "[^"]+"\s*: (?<detail>.+)$/s, ({ detail = '' }, volume) => ({ kind: 'attach', volume, detail: detail.trim() })],
];

/** Null for what only says that a volume is late, and for what is told elsewhere (a missing ConfigMap, a volume that is in use). */
export function parseMountFailure(message: string): MountFailure | null {
  const volume = /for volume "(?<volume>[^"]+)"/.exec(message)?.groups?.volume ?? null;
  for (const [pattern, read] of readers) {
    const match = pattern.exec(message);
    if (match !== null) return read(match.groups ?? {}, volume);
  }
  return null;
}
