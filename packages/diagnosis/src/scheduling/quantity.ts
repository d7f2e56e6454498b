const binaryUnits = { Ti: 2 ** 40, Gi: 2 ** 30, Mi: 2 ** 20, Ki: 2 ** 10 } as const;

/** For people: `1500m` and `2` for CPU, `64Mi` for memory, the plain number for the rest. */
export function formatQuantity(resource: string, value: number): string {
  if (resource === 'cpu') return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`;
  if (resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-')) return formatBytes(value);
  return String(Math.round(value * 1000) / 1000);
}

export function formatBytes(bytes: number): string {
  for (const [unit, size] of Object.entries(binaryUnits)) {
    if (bytes >= size) return `${trimmed(bytes / size)}${unit}`;
  }
  return String(Math.round(bytes));
}

function trimmed(value: number): string {
  return Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '');
}
