const short: Readonly<Record<string, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

/** kubectl's abbreviations: `RWO,ROX`. */
export function accessModes(modes: readonly string[] = []): string {
  return modes.map((mode) => short[mode] ?? mode).join(',');
}
