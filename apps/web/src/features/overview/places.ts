import * as z from 'zod';

const placeSchema = z.object({
  /** From the slash to the end of the query, without the cluster; what an address bar would show after the host. */
  href: z.string().startsWith('/').max(2_000),
  label: z.string().min(1).max(300),
});
/** Somewhere in the workbench that one comes back to. */
export type Place = z.infer<typeof placeSchema>;

const placesSchema = z.object({ pins: z.array(placeSchema).catch([]), recents: z.array(placeSchema).catch([]) });
export type Places = z.infer<typeof placesSchema>;

const allPlacesSchema = z.record(z.string(), placesSchema);
type AllPlaces = z.infer<typeof allPlacesSchema>;

export const noPlaces: Places = { pins: [], recents: [] };
const mostPins = 40;
const mostRecents = 8;
const mostClusters = 60;

/** What cannot be read is nothing: whatever wrote it, the page must open. */
export function parsePlaces(text: string | null): AllPlaces {
  try {
    return allPlacesSchema.safeParse(JSON.parse(text ?? '{}')).data ?? {};
  } catch {
    return {};
  }
}

/** The latest first, each place once. */
export function withRecent({ pins, recents }: Places, place: Place): Places {
  return { pins, recents: [place, ...recents.filter(({ href }) => href !== place.href)].slice(0, mostRecents) };
}

export function isPinned({ pins }: Places, href: string): boolean {
  return pins.some((pin) => pin.href === href);
}

/** Pins a place, or takes the pin off. */
export function withPinTurned({ pins, recents }: Places, place: Place): Places {
  const without = pins.filter(({ href }) => href !== place.href);
  return { pins: without.length < pins.length ? without : [...pins, place].slice(-mostPins), recents };
}

const storageKey = 'quarterdeck.places';

/** The places of each cluster, kept in this browser. */
export class PlaceStore {
  private readonly storage: () => Storage;
  private readonly listeners = new Set<() => void>();
  /** Null until somebody asks for it. */
  private read: AllPlaces | null = null;

  constructor(storage: () => Storage) {
    this.storage = storage;
  }

  of(cluster: string): Places {
    return this.all()[cluster] ?? noPlaces;
  }

  change(cluster: string, change: (places: Places) => Places): void {
    const { [cluster]: before = noPlaces, ...others } = this.all();
    this.read = Object.fromEntries([...Object.entries(others), [cluster, change(before)] as const].slice(-mostClusters));
    this.storage().setItem(storageKey, JSON.stringify(this.read));
    for (const listener of this.listeners) listener();
  }

  private all(): AllPlaces {
    this.read ??= parsePlaces(this.storage().getItem(storageKey));
    return this.read;
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
