/** `1 Störung`, `3 Störungen`. */
export function count(n: number, singular: string, plural: string): string {
  return `${n.toLocaleString('de')} ${n === 1 ? singular : plural}`;
}
