import type { modelProblems } from '@quarterdeck/contract';

/**
 * What can go wrong with a model. Who asked for it and what to do next differ between them: `unknownModel`, `missingKey`,
 * `auth`, `quota` and `network` are five different messages; only `overloaded`, `rateLimited` and `network` pass by themselves.
 */
export type ModelErrorKind = (typeof modelProblems)[number];

export interface ModelErrorOptions {
  provider: string;
  /** What to do next. */
  hint: string;
  /** How long the provider asks to wait. Milliseconds; null where it does not say. */
  retryAfterMs?: number | null;
  /** The provider's own id of the request, to ask its support with. */
  requestId?: string | null;
  cause?: unknown;
}

/** A failure of the service, never an opinion about the model: it enters no memory and no feedback. */
export class ModelError extends Error {
  readonly kind: ModelErrorKind;
  readonly provider: string;
  readonly hint: string;
  readonly retryAfterMs: number | null;
  readonly requestId: string | null;

  constructor(kind: ModelErrorKind, message: string, { provider, hint, retryAfterMs = null, requestId = null, cause }: ModelErrorOptions) {
    super(message, { cause });
    this.name = 'ModelError';
    this.kind = kind;
    this.provider = provider;
    this.hint = hint;
    this.retryAfterMs = retryAfterMs;
    this.requestId = requestId;
  }
}
