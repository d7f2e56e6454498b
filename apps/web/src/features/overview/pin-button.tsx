import { Pin, PinOff } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { usePlaceKeeping } from './use-places.ts';

/** Keeps the page at hand on the overview; it also remembers where one was, so it stands once, on every page. */
export function PinButton() {
  const messages = useMessages().overview;
  const { pinned, turn } = usePlaceKeeping();
  const label = pinned ? messages.unpin : messages.pin;
  return (
    <Button look="icon" aria-label={label} title={label} disabled={turn === null} className="hidden! sm:inline-flex!" onClick={() => turn?.()}>
      {pinned ? <PinOff /> : <Pin />}
    </Button>
  );
}
