import { useRouter } from '@tanstack/react-router';
import { PinOff } from 'lucide-react';
import { isMac } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Middle } from '../../ui/middle.tsx';
import { Section } from '../../ui/section.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import type { Place } from './places.ts';
import { pinKey, turnPin, usePlaces } from './use-places.ts';

/** What was pinned in this cluster, and where one was lately. */
export function PlacesPart() {
  const messages = useMessages().overview;
  const { pins, recents } = usePlaces();
  const cluster = useClusters().selected?.id ?? '';
  return (
    <div className="grid content-start gap-x-8 gap-y-8 sm:grid-cols-2">
      <Section title={messages.pins}>
        {pins.length === 0 && <p className="text-soft">{messages.noPins(printKeys(pinKey, isMac))}</p>}
        <ul>
          {pins.map((place) => (
            <li key={place.href} className="flex min-h-7 items-center gap-2">
              <PlaceLink place={place} />
              <Button
                look="icon"
                aria-label={messages.unpinNamed(place.label)}
                title={messages.unpin}
                className="ml-auto"
                onClick={() => turnPin(cluster, place, messages)}
              >
                <PinOff />
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={messages.recents}>
        {recents.length === 0 && <p className="text-soft">{messages.noRecents}</p>}
        <ul>
          {recents.map((place) => (
            <li key={place.href} className="flex min-h-7 items-center">
              <PlaceLink place={place} />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

function PlaceLink({ place: { href, label } }: { place: Place }) {
  const router = useRouter();
  const cluster = useClusters().selected?.id;
  const inCluster = cluster === undefined ? href : `${href}${href.includes('?') ? '&' : '?'}cluster=${encodeURIComponent(cluster)}`;
  return (
    <a
      href={inCluster}
      className="min-w-0 rounded-sm hover:text-accent hover:underline"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        router.history.push(inCluster);
      }}
    >
      <Middle text={label} />
    </a>
  );
}
