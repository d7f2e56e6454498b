const suffixes: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity as a number in its base unit (cores, bytes, pieces); null where it is none. */
export function parseQuantity(quantity: string | number | undefined): number | null {
  if (quantity === undefined) return null;
  const match = /^([+-]?\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(String(quantity).trim());
  if (match === null) return null;
  return Number(`${match[1]}${match[2] ?? ''}`) * (suffixes[match[3] ?? ''] ?? 1);
}

/** For people: `1500m` and `2` for CPU, `64Mi` for memory, the plain number for the rest. */
export function formatQuantity(resource: string, value: number): string {
  if (resource === 'cpu') return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`;
  if (resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-')) return formatBytes(value);
  return String(Math.round(value * 1000) / 1000);
}

export function formatBytes(bytes: number): string {
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki'] as const) {
    const size = suffixes[unit] ?? 1;
    if (bytes >= size) return `${trimmed(bytes / size)}${unit}`;
  }
  return String(Math.round(bytes));
}

function trimmed(value: number): string {
  return Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '');
}
