import { ModelError } from '../model/model-error.ts';
import type { ModelChoice } from './model-health.ts';

/** A model of the chain that did not answer, or was not asked. */
export interface PassedModel {
  /** `anthropic/claude-sonnet-5`. */
  model: string;
  error: ModelError | null;
  /** Why it was not asked: what is asked must not leave this machine. */
  notAsked: boolean;
}

/** No model of the chain answered. It is of the kind of the first failure: the model that was wanted most. */
export class ChainError extends ModelError {
  readonly passed: readonly PassedModel[];

  constructor(first: ModelError, passed: readonly PassedModel[]) {
    const others = passed
      .filter(({ error }) => error !== first)
      .map(({ model, error }) => `${model}: ${error?.message ?? 'not asked, it would leave this machine.'}`);
    super(first.kind, [first.message, ...(others.length === 0 ? [] : ['Nor did the others answer.', ...others])].join(' '), {
      provider: first.provider,
      hint: first.hint,
      retryAfterMs: first.retryAfterMs,
      requestId: first.requestId,
      cause: first.cause,
    });
    this.name = 'ChainError';
    this.passed = passed;
  }
}

export function choiceName({ provider, model }: ModelChoice): string {
  return `${provider.id}/${model}`;
}

/** What is thrown where no model is there to be asked. */
export function nothingToAsk(): ModelError {
  return new ModelError('missingKey', 'No language model was chosen.', {
    provider: 'none',
    hint: 'Choose one with `qd model use PROVIDER/MODEL`; `qd model list` shows which there are.',
  });
}
