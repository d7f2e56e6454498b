import { count } from '../../text/count.ts';
import { Button } from '../button.tsx';

/** Lets go of an order that was held still; nothing where nothing waits. */
export function NewerChanges({ waiting, onClick }: { waiting: number; onClick(): void }) {
  return waiting === 0 ? null : <Button onClick={onClick}>{count(waiting, 'newer change')} ▸</Button>;
}
