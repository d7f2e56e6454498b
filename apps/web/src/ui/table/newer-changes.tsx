import { useMessages } from '../../messages/language.ts';
import { Button } from '../button.tsx';

/** Lets go of an order that was held still; nothing where nothing waits. */
export function NewerChanges({ waiting, onClick }: { waiting: number; onClick(): void }) {
  const messages = useMessages().table;
  return waiting === 0 ? null : <Button onClick={onClick}>{messages.newerChanges(waiting)} ▸</Button>;
}
