import type { ModelRun, TokenUsage } from '@quarterdeck/contract';
import type { AssistantParts, Person } from '../handler/assistant-parts.ts';
import { promptName, readPrompt } from '../prompts/prompt-files.ts';
import { addUsage, noUsage, usageOf } from '../turn/turn-usage.ts';
import type { AskedDraft } from './ask-form.ts';

export interface DraftedOf<P extends Person> {
  purpose: 'plan' | 'manifest';
  person: P;
  cluster: string | null;
  /** Epoch milliseconds. */
  began: number;
  drafted: AskedDraft & { model: string | null; refused: string | null };
}

/** What was asked of models for a draft, to be kept: what it cost, what left, what came back. */
export function draftRun<P extends Person>(parts: AssistantParts<P>, { purpose, person: { owner }, cluster, began, drafted }: DraftedOf<P>): ModelRun {
  const costs = drafted.answers.map(({ provider, model, finish, text }, index) => {
    const sent = drafted.requests[index]?.messages.map(({ text: words }) => String(words)).join('\n') ?? '';
    const request = { instructions: [], messages: [{ role: 'user' as const, text: sent }], tools: [], maxOutputTokens: 0 };
    const usage = usageOf(finish?.usage ?? null, request, text, parts.countTokens);
    return { usage, cost: parts.costOf(`${provider}/${model}`, usage) };
  });
  const last = drafted.answers.at(-1);
  return {
    ...{ id: parts.newId(), purpose, user: owner.user, organisation: owner.organisation, cluster },
    ...{ conversation: null, message: null, at: new Date(began).toISOString(), prompt: promptName(readPrompt(purpose)) },
    model: last === undefined ? null : `${last.provider}/${last.model}`,
    requests: drafted.requests,
    context: [],
    answers: drafted.answers.map(({ text }) => text),
    ...{ tools: [], usage: costs.map(({ usage }) => usage).reduce<TokenUsage>(addUsage, noUsage), firstTextMs: null, tookMs: parts.now() - began },
    retries: Math.max(0, drafted.answers.length - 1),
    cost: costs.reduce<number | null>((sum, { cost }) => (sum === null || cost === null ? null : sum + cost), 0),
    state: drafted.model === null ? 'failed' : 'complete',
    error: drafted.refused === null ? null : { code: 'VALIDATION_ERROR', message: drafted.refused, hint: null },
    ...{ cached: false, rating: null, replayOf: null },
  };
}
