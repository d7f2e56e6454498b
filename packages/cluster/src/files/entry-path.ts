/** A judgement over a name from an archive: the steps below the destination, or why it is not used. */
export type EntryPath = { steps: string[] } | { refused: string };

/**
 * An archive comes from a container, which may belong to somebody else: its names must not lead out of the folder that
 * was chosen for it. `base` is the first step that every name must have, and which is taken off; null for none.
 */
export function entryPath(name: string, base: string | null): EntryPath {
  if (name.includes('\ufffd')) return { refused: 'its name is not UTF-8' };
  if (name.startsWith('/')) return { refused: 'its name is absolute' };
  const steps = name.split('/').filter((step) => step !== '' && step !== '.');
  if (steps.includes('..')) return { refused: 'its name leads out of the folder' };
  if (steps.some((step) => step.includes('\0') || (process.platform === 'win32' && /[\\:]/.test(step)))) return { refused: 'this system has no such name' };
  if (base === null) return { steps };
  return steps[0] === base ? { steps: steps.slice(1) } : { refused: 'nobody asked for it' };
}

/**
 * Why a link is not made; null for one that stays inside. `depth` is how many folders below the destination it lies.
 * Steps upwards are only allowed at the start: behind a name they could climb out of what another link leads to.
 */
export function linkRefusal(target: string, depth: number): string | null {
  if (target.startsWith('/')) return `it leads to ${target}, outside`;
  const steps = target.split('/').filter((step) => step !== '' && step !== '.');
  const upwards = steps.findIndex((step) => step !== '..');
  const climbs = upwards < 0 ? steps.length : upwards;
  if (climbs > depth || steps.slice(climbs).includes('..')) return `it leads to ${target}, which may be outside`;
  return steps.length === 0 && target === '' ? 'it leads nowhere' : null;
}
