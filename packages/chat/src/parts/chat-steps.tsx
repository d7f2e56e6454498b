import type { AnswerStep } from '../answer/answer-view.ts';
import { useChat } from '../chat-context.tsx';

/** What was looked up for an answer: folded, each with what was asked, what came of it and how long it took. */
export function ChatSteps({ steps }: { steps: readonly AnswerStep[] }) {
  const { words } = useChat();
  if (steps.length === 0) return null;
  const open = steps.filter(({ result }) => result === null);
  const failed = steps.some(({ result }) => result?.failed === true);
  return (
    <details className="chat-fold">
      <summary>
        {open.length > 0 ? `${open.at(-1)?.title ?? words.working}…` : words.steps(steps.length)}
        {failed && <span className="chat-warning"> · {words.stepFailed}</span>}
      </summary>
      <ol className="chat-steps">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
    </details>
  );
}

function Step({ step: { title, input, result } }: { step: AnswerStep }) {
  const { words } = useChat();
  const asked = inputText(input);
  return (
    <li>
      <details>
        <summary>
          <span>{title}</span> <code className="chat-step-input">{asked}</code>
          <span className="chat-soft"> {result === null ? '…' : words.took((result.tookMs / 1000).toFixed(1))}</span>
          {result?.failed === true && <span className="chat-warning"> {words.stepFailed}</span>}
        </summary>
        {result !== null && <p className="chat-step-result">{result.summary}</p>}
      </details>
    </li>
  );
}

/** `kind=Pod namespace=shop`: what was asked, in one line. */
function inputText(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  return Object.entries(input)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}
