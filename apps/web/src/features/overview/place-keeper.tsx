import { usePlaceKeeping } from './use-places.ts';

/** Remembers where one goes on every page; shows nothing. */
export function PlaceKeeper() {
  usePlaceKeeping();
  return null;
}
