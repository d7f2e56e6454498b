import type { LogSource } from '@quarterdeck/contract';
import { sourceKey } from './log-line.ts';

export interface SourceName {
  /** 1 to 8, as the style sheet counts them. */
  colour: number;
  /** What tells it from the others here: the end of the pod's name, the container where there are several. */
  short: string;
}

const colours = 8;
/** `0` alone says little, `db-0` more. */
const shortest = 3;

/** A short name and a colour for each source; the colour stays as more join. */
export class SourceNames {
  private readonly known = new Map<string, SourceName>();

  of(sources: readonly Pick<LogSource, 'pod' | 'container'>[]): ReadonlyMap<string, SourceName> {
    const several = new Set(sources.map(({ container }) => container)).size > 1;
    const pods = [...new Set(sources.map(({ pod }) => pod))];
    const shared = sharedSegments(pods);
    for (const source of sources) {
      const key = sourceKey(source);
      const pod = source.pod.split('-').slice(shared).join('-');
      const colour = this.known.get(key)?.colour ?? (this.known.size % colours) + 1;
      this.known.set(key, { colour, short: several ? `${pod}/${source.container}` : pod });
    }
    return this.known;
  }
}

/** How many parts all names begin with in common; the last one always stays, and what is short takes one more. */
function sharedSegments(names: readonly string[]): number {
  const parts = names.map((name) => name.split('-'));
  const [first = []] = parts;
  const most = Math.min(...parts.map(({ length }) => length - 1), first.length);
  let shared = 0;
  while (shared < most && parts.every((part) => part[shared] === first[shared])) shared += 1;
  while (shared > 0 && parts.some((part) => part.slice(shared).join('-').length < shortest)) shared -= 1;
  return shared;
}
