import type { Confidence } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';

const filled: Record<Confidence, number> = { certain: 3, likely: 2, possible: 1, unexplained: 0 };

/** Confidence is no status: bars and a word, without colour. */
export function ConfidenceMark({ confidence }: { confidence: Confidence }) {
  const messages = useMessages().issues;
  return (
    <span className="inline-flex items-center gap-1.5 align-bottom text-soft" title={messages.confidence[confidence]}>
      <svg viewBox="0 0 12 12" className="size-3 shrink-0" aria-hidden="true">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={bar * 4.2}
            y={8 - bar * 3}
            width="3"
            height={4 + bar * 3}
            rx="0.8"
            fill="currentColor"
            opacity={bar < filled[confidence] ? 1 : 0.28}
          />
        ))}
      </svg>
      {messages.confidenceWords[confidence]}
    </span>
  );
}
