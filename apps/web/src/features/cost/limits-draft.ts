import type { AssistantLimits } from '@quarterdeck/contract';

/** The limits in the order in which they are set; `unit` says what is counted. Those that may be `null` have an empty field for no limit. */
export const limitFields = [
  { id: 'messagesPerHour', unit: 'count', least: 1, optional: true },
  { id: 'costPerUserAndDay', unit: 'dollars', least: 0, optional: true },
  { id: 'costPerUserAndMonth', unit: 'dollars', least: 0, optional: true },
  { id: 'costPerMonth', unit: 'dollars', least: 0, optional: true },
  { id: 'costPerAnswer', unit: 'dollars', least: 0, optional: true },
  { id: 'tokensPerAnswer', unit: 'count', least: 1_000, optional: false },
  { id: 'stepsPerAnswer', unit: 'count', least: 1, optional: false },
  { id: 'toolCallsPerAnswer', unit: 'count', least: 1, optional: false },
  { id: 'secondsPerAnswer', unit: 'count', least: 5, optional: false },
  { id: 'prefetchPerDay', unit: 'dollars', least: 0, optional: false },
] as const;

export type LimitField = (typeof limitFields)[number]['id'];
export type LimitsDraft = Record<LimitField, string>;

export function limitsDraft(limits: AssistantLimits): LimitsDraft {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    messagesPerHour: text(limits.messagesPerHour),
    costPerUserAndDay: text(limits.costPerUserAndDay),
    costPerUserAndMonth: text(limits.costPerUserAndMonth),
    costPerMonth: text(limits.costPerMonth),
    costPerAnswer: text(limits.costPerAnswer),
    tokensPerAnswer: text(limits.tokensPerAnswer),
    stepsPerAnswer: text(limits.stepsPerAnswer),
    toolCallsPerAnswer: text(limits.toolCallsPerAnswer),
    secondsPerAnswer: text(limits.secondsPerAnswer),
    prefetchPerDay: text(limits.prefetchPerDay),
  };
}

/** An empty field is no limit. The server checks what is within reason. */
export function readLimits(draft: LimitsDraft): AssistantLimits {
  const orNone = (text: string) => (text.trim() === '' ? null : Number(text));
  return {
    messagesPerHour: orNone(draft.messagesPerHour),
    costPerUserAndDay: orNone(draft.costPerUserAndDay),
    costPerUserAndMonth: orNone(draft.costPerUserAndMonth),
    costPerMonth: orNone(draft.costPerMonth),
    costPerAnswer: orNone(draft.costPerAnswer),
    tokensPerAnswer: Number(draft.tokensPerAnswer),
    stepsPerAnswer: Number(draft.stepsPerAnswer),
    toolCallsPerAnswer: Number(draft.toolCallsPerAnswer),
    secondsPerAnswer: Number(draft.secondsPerAnswer),
    prefetchPerDay: Number(draft.prefetchPerDay),
  };
}
