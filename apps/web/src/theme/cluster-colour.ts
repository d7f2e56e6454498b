/** A colour that is always the same for a cluster, so that a glance tells which one this is. */
export function clusterColour(id: string): string {
  let hash = 2_166_136_261;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 16_777_619);
  return `oklch(0.66 0.15 ${(hash >>> 0) % 360})`;
}
