import type { SentRequest } from '@quarterdeck/contract';
import type * as z from 'zod';
import type { ChainRequest, ModelAnswer, ModelChain } from '../failover/model-chain.ts';
import { ModelError } from '../model/model-error.ts';
import type { ModelMessage } from '../model/model-port.ts';
import type { Privacy } from '../privacy/create-privacy.ts';
import { readPrompt } from '../prompts/prompt-files.ts';

/** What a draft is made with. */
export interface DraftParts {
  models: ModelChain;
  privacy: Pick<Privacy, 'seal' | 'sealValue' | 'openValue'>;
  /** Random; see `dataBlock`. */
  mark: string;
}

/** What was asked for a draft, and what came back. */
export interface AskedDraft {
  requests: SentRequest[];
  answers: ModelAnswer[];
}

export interface DraftForm {
  /** Id of the prompt, and the name of the form. */
  prompt: 'plan' | 'manifest';
  schema: z.ZodType;
  /** Tokens. */
  longest: number;
}

/** The answer, or why there is none; both are written down in `asked`. Throws only when it is cancelled. */
export async function askForm(
  { prompt, schema, longest }: DraftForm,
  messages: readonly ModelMessage[],
  { models, asked }: { models: ModelChain; asked: AskedDraft },
  signal: AbortSignal,
): Promise<ModelAnswer | string> {
  const instructions = [{ text: readPrompt(prompt).text, cacheable: true }];
  const request: ChainRequest = { instructions, messages: [...messages], tools: [], maxOutputTokens: longest, output: { name: prompt, schema } };
  try {
    const answer = await models.complete(request, signal);
    const { provider, model } = answer;
    asked.answers.push(answer);
    const sent = messages.map((message) => ({ ...message }));
    asked.requests.push({ provider, model, instructions: instructions.map(({ text }) => text), messages: sent, tools: [] });
    if (answer.cut !== null) return `its answer broke off (${answer.cut.message})`;
    return answer.finish?.reason === 'stop' ? answer : 'it gave no whole answer';
  } catch (thrown) {
    if (!(thrown instanceof ModelError) || signal.aborted) throw thrown;
    return thrown.message;
  }
}
