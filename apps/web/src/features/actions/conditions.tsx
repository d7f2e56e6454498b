import type { ConditionState } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { conditionMark, conditionText } from './action-words.ts';

/** What has to become true, how it stands, and what was seen last. */
export function Conditions({ states }: { states: readonly ConditionState[] }) {
  const messages = useMessages();
  return (
    <ul className="flex flex-col gap-1">
      {states.map(({ condition, state, message }) => (
        <li key={JSON.stringify(condition)} className="min-w-0 break-words">
          <StatusMark {...conditionMark(state, messages)} />: {conditionText(condition, messages)}
          {message !== '' && <span className="block pl-4.5 text-soft">{message}</span>}
        </li>
      ))}
    </ul>
  );
}
