import { useLocation } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { notify } from '../../ui/notify.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { describePlace } from './describe-place.ts';
import { isPinned, type Place, PlaceStore, type Places, withPinTurned, withRecent } from './places.ts';

const store = new PlaceStore(() => localStorage);

export const pinKey = 'b';

/** What was pinned and opened lately in the selected cluster. */
export function usePlaces(): Places {
  const cluster = useClusters().selected?.id ?? '';
  return useSyncExternalStore(
    store.onChange,
    useCallback(() => store.of(cluster), [cluster]),
  );
}

/** Pins a place of a cluster or takes the pin off, and says which of the two it was. */
export function turnPin(cluster: string, place: Place, texts: { pinned(label: string): string; unpinned(label: string): string }): void {
  store.change(cluster, (places) => withPinTurned(places, place));
  const pinned = isPinned(store.of(cluster), place.href);
  notify({ id: `pin ${place.href}`, text: pinned ? texts.pinned(place.label) : texts.unpinned(place.label) });
}

/** The place that the address shows now; null where it is none. */
function usePlaceHere(): Place | null {
  const href = useLocation({ select: (location) => location.href });
  const messages = useMessages();
  const { kinds } = useKinds();
  const { list: issues } = useIssuesFeed();
  const place = useMemo(() => describePlace(href, { messages, kinds, issues }), [href, messages, kinds, issues]);
  const [key, label] = [place?.href, place?.label];
  return useMemo(() => (key === undefined || label === undefined ? null : { href: key, label }), [key, label]);
}

export interface PinHere {
  pinned: boolean;
  /** Null where the page is no place to come back to. */
  turn: (() => void) | null;
}

/** Remembers where one goes, and lets every page be pinned; once on the page. */
export function usePlaceKeeping(): PinHere {
  const cluster = useClusters().selected?.id;
  const place = usePlaceHere();
  const places = usePlaces();
  const messages = useMessages().overview;
  useEffect(() => {
    if (cluster !== undefined && place !== null) store.change(cluster, (before) => withRecent(before, place));
  }, [cluster, place]);
  const pinned = place !== null && isPinned(places, place.href);
  const turn = cluster === undefined || place === null ? null : () => turnPin(cluster, place, messages);
  useCommands([
    {
      ...{ id: 'pin-page', label: pinned ? messages.unpin : messages.pin, group: 'here', keywords: ['bookmark', 'favourite'], shortcuts: [pinKey] },
      when: () => turn !== null,
      run: () => turn?.(),
    },
  ]);
  return { pinned, turn };
}
