import type { Proposal } from '@quarterdeck/contract';
import { useChat } from '../chat-context.tsx';
import { ChatCode } from './chat-code.tsx';

/** A change that was proposed. Nothing of it was done; the host shows what it would do, and asks. */
export function ChatProposal({ proposal: { summary, kubectl, reason, action } }: { proposal: Proposal }) {
  const { words, parts } = useChat();
  const { onProposal } = parts;
  return (
    <section aria-label={words.proposal} className="chat-proposal">
      <p className="chat-soft">{words.proposal}</p>
      <p className="chat-proposal-summary">{summary}</p>
      {kubectl !== '' && <ChatCode code={kubectl} language="sh" closed />}
      {reason !== '' && (
        <p>
          <span className="chat-soft">{words.proposalReason}: </span>
          {reason}
        </p>
      )}
      {action !== null && action.obstacles.length > 0 && (
        <div>
          <p className="chat-soft">{words.proposalObstacles}</p>
          <ul>
            {action.obstacles.map((obstacle) => (
              <li key={obstacle}>{obstacle}</li>
            ))}
          </ul>
        </div>
      )}
      {action !== null && onProposal !== undefined && (
        <button type="button" className="chat-button" data-look="primary" onClick={() => onProposal(action)}>
          {words.look}
        </button>
      )}
    </section>
  );
}
