import { Link, useLocation } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { setPreferences, usePreferences } from '../../preferences/preferences.ts';
import { Button, TextButton } from '../../ui/button.tsx';

/** One line for whoever is here for the first time; put aside, it does not come back. */
export function WelcomeHint() {
  const messages = useMessages().welcome;
  const { welcomed, tutorial } = usePreferences();
  const path = useLocation({ select: (location) => location.pathname });
  if (welcomed || tutorial !== null || path === '/welcome') return null;
  return (
    <aside aria-label={messages.title} className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b bg-surface px-3 py-1">
      <span>{messages.newHere}</span>
      <Link to="/welcome" search={{}} className="text-accent hover:underline">
        {messages.setUp}
      </Link>
      <TextButton onClick={() => setPreferences({ tutorial: 0, welcomed: true })}>{messages.tutorial}</TextButton>
      <span className="grow" />
      <Button look="icon" aria-label={messages.putAside} title={messages.putAside} onClick={() => setPreferences({ welcomed: true })}>
        <X />
      </Button>
    </aside>
  );
}
