import type { HealthState } from '@quarterdeck/contract';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/language.ts';

const colours: Record<HealthState, string> = {
  missing: 'text-critical',
  critical: 'text-critical',
  high: 'text-high',
  medium: 'text-medium',
  low: 'text-idle',
  pending: 'text-pending',
  healthy: 'text-healthy',
  scaledToZero: 'text-idle',
  paused: 'text-idle',
  unknown: 'text-idle',
};

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** A shape a state, drawn rather than typed: fonts disagree about these signs. */
const shapes: Record<HealthState, ReactNode> = {
  missing: <path d="m2.8 2.8 6.4 6.4m0-6.4-6.4 6.4" {...stroke} strokeWidth={2} />,
  critical: <path d="m6 .8 5.2 5.2L6 11.2.8 6z" fill="currentColor" />,
  high: <path d="M6 1.2 11.3 10.6H.7z" fill="currentColor" />,
  medium: <circle cx="6" cy="6" r="4.3" fill="currentColor" />,
  low: <circle cx="6" cy="6" r="3.9" {...stroke} />,
  pending: (
    <>
      <circle cx="6" cy="6" r="4.2" {...stroke} strokeWidth={1.5} />
      <path d="M6 6V1.8A4.2 4.2 0 0 1 10.2 6z" fill="currentColor" />
    </>
  ),
  healthy: <path d="m2.2 6.4 2.6 2.7 5-6" {...stroke} strokeWidth={2} />,
  scaledToZero: <circle cx="6" cy="6" r="3.9" {...stroke} strokeDasharray="1.6 2.48" />,
  paused: <path d="M4 2.6v6.8m4-6.8v6.8" {...stroke} strokeWidth={2.2} />,
  unknown: <circle cx="6" cy="6" r="3.9" {...stroke} />,
};

interface StatusMarkProps {
  state: HealthState;
  /** What is said beside the shape; the state's own word when left out. */
  text?: string;
  /** Shows the shape alone; the word is still read out and shown on hover. */
  compact?: boolean;
}

/** A state as shape, colour and word; the only way in which states are shown. */
export function StatusMark({ state, text, compact = false }: StatusMarkProps) {
  const { states } = useMessages().common;
  const word = text === undefined || text === '' ? states[state] : text;
  return (
    <span className={`inline-flex min-w-0 max-w-full items-center gap-1.5 align-bottom ${colours[state]}`} title={word}>
      <svg viewBox="0 0 12 12" className="size-3 shrink-0" aria-hidden="true">
        {shapes[state]}
      </svg>
      <span className={compact ? 'sr-only' : 'truncate'}>{word}</span>
    </span>
  );
}
