import type { ChatMessage, Proposal, TurnEvent, TurnFrame } from '@quarterdeck/contract';

type EventOf<Type extends TurnEvent['type']> = Extract<TurnEvent, { type: Type }>;

/** One thing that was looked up. */
export interface AnswerStep {
  id: string;
  tool: string;
  title: string;
  input: unknown;
  /** Null while it is under way. */
  result: { summary: string; failed: boolean; tookMs: number } | null;
}

/** An answer as far as it has come. */
export interface AnswerView {
  /** The offset of the next event. */
  next: number;
  understood: string;
  /** The engine's own words. */
  quick: string;
  /** The model's. */
  text: string;
  reasoning: string;
  by: Omit<EventOf<'answering'>, 'type'> | null;
  waiting: Omit<EventOf<'waiting'>, 'type'> | null;
  steps: readonly AnswerStep[];
  proposals: readonly { id: string; proposal: Proposal }[];
  notes: readonly Omit<EventOf<'note'>, 'type'>[];
  end: EventOf<'finished'> | null;
}

export const emptyAnswer: AnswerView = {
  ...{ next: 0, understood: '', quick: '', text: '', reasoning: '' },
  ...{ by: null, waiting: null, steps: [], proposals: [], notes: [], end: null },
};

/** The answer with one more event. Pure; an event that was seen before, or comes after the end, changes nothing. */
export function withFrame(answer: AnswerView, { offset, event }: TurnFrame): AnswerView {
  if (offset < answer.next || answer.end !== null) return answer;
  return { ...withEvent(answer, event), next: offset + 1 };
}

export function withFrames(answer: AnswerView, frames: readonly TurnFrame[]): AnswerView {
  return frames.reduce(withFrame, answer);
}

function withEvent(answer: AnswerView, event: TurnEvent): AnswerView {
  switch (event.type) {
    case 'understood':
      return { ...answer, understood: event.text };
    case 'quick':
      return { ...answer, quick: answer.quick + event.text };
    case 'answering': {
      const { type: _type, ...by } = event;
      return { ...answer, by, waiting: null };
    }
    case 'waiting': {
      const { type: _type, ...waiting } = event;
      return { ...answer, waiting };
    }
    case 'text':
      return { ...answer, text: answer.text + event.text, waiting: null };
    case 'reasoning':
      return { ...answer, reasoning: answer.reasoning + event.text, waiting: null };
    case 'toolStarted':
    case 'toolEnded':
      return { ...answer, steps: withStep(answer.steps, event) };
    case 'proposal':
      return { ...answer, proposals: [...answer.proposals, { id: event.id, proposal: event.proposal }] };
    case 'note':
      return { ...answer, notes: [...answer.notes, { level: event.level, text: event.text }] };
    case 'finished':
      return { ...answer, end: event, waiting: null };
  }
}

function withStep(steps: readonly AnswerStep[], event: EventOf<'toolStarted'> | EventOf<'toolEnded'>): readonly AnswerStep[] {
  const { id, tool } = event;
  if (event.type === 'toolStarted') return [...steps, { id, tool, title: event.title, input: event.input, result: null }];
  const { summary, failed, tookMs } = event;
  const result = { summary, failed, tookMs };
  if (!steps.some((step) => step.id === id)) return [...steps, { id, tool, title: tool, input: null, result }];
  return steps.map((step) => (step.id === id ? { ...step, result } : step));
}

/** An answer as it is stored. One that is still written is empty: its events tell it. */
export function storedAnswer({ steps, text, state }: ChatMessage): AnswerView {
  if (state === 'writing') return emptyAnswer;
  const told = withFrames(
    emptyAnswer,
    steps.map((event, offset) => ({ offset, event })),
  );
  return { ...told, text: text === told.quick ? '' : text };
}
