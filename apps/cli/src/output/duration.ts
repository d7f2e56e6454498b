const units = [
  { name: 'd', milliseconds: 86_400_000 },
  { name: 'h', milliseconds: 3_600_000 },
  { name: 'min', milliseconds: 60_000 },
] as const;

/** A time span in its largest unit: `3 d`, `2 h`, `40 min`, `12 s`. Less than nothing counts as nothing. */
export function duration(milliseconds: number): string {
  const unit = units.find((candidate) => milliseconds >= candidate.milliseconds);
  return unit === undefined ? `${Math.max(0, Math.round(milliseconds / 1000))} s` : `${Math.floor(milliseconds / unit.milliseconds)} ${unit.name}`;
}
