/** Hues that people may choose from, far enough apart to tell at a glance; production and staging have the first two by themselves. */
export const clusterHues = [25, 75, 130, 165, 200, 240, 280, 330] as const;

/** A colour that is always the same for a cluster, so that a glance tells which one this is. */
export function clusterColour(hue: number): string {
  return `oklch(0.66 0.15 ${hue})`;
}

const [danger, care, ...others] = clusterHues;

/** The hue of a cluster that nobody gave one: of what others live by the one of danger, of what comes before it the one of care. */
export function ownHue(name: string, production: boolean): number {
  if (production) return danger;
  if (/(^|[-_./@:])(stag(e|ing)|pre-?prod|uat|canary)([-_./@:]|\d|$)/i.test(name)) return care;
  let hash = 2_166_136_261;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 16_777_619);
  return others[(hash >>> 0) % others.length] ?? danger;
}
