import { Sparkles } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button, type ButtonProps } from '../../ui/button.tsx';
import { type AskRequest, ask } from '../assistant/use-ask.ts';
import { useMay } from '../session/session.tsx';

interface AskAboutButtonProps extends Pick<ButtonProps, 'look' | 'className'> {
  /** What it asks about, for who can't see where it stands; left out, the button has its word. */
  about?: string;
  request(): AskRequest;
}

/** Opens the assistant with what stands beside the button. Nothing for who may not ask. */
export function AskAboutButton({ about, request, look, className }: AskAboutButtonProps) {
  const { action } = useMessages().askAbout;
  const mayAsk = useMay('ai:chat');
  if (!mayAsk) return null;
  const label = about === undefined ? undefined : `${action}: ${about}`;
  return (
    <Button look={look ?? (about === undefined ? 'plain' : 'icon')} className={className} aria-label={label} title={label} onClick={() => ask(request())}>
      <Sparkles aria-hidden="true" />
      {about === undefined && action}
    </Button>
  );
}
