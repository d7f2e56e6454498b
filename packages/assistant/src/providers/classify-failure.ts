import type { ModelErrorKind } from '../model/model-error.ts';
import type { FailureFacts } from './failure-facts.ts';

/** Words that a provider uses for one kind of failure, whatever the status. The order of the rows decides. */
const rows: readonly { kind: ModelErrorKind; words: RegExp; message: RegExp | null; statuses: readonly number[] }[] = [
  {
    kind: 'quota',
    words: /insufficient_quota|credit_balance|billing|spend_limit|usage_limit_exceeded|perday|insufficient_funds/,
    message: /credit balance is too low|exceeded your current quota, please check your plan|monthly (?:spend|usage) limit/i,
    statuses: [402],
  },
  { kind: 'filtered', words: /content_filter|responsibleaipolicyviolation|content_policy_violation|prompt_blocked/, message: null, statuses: [] },
  {
    kind: 'contextOverflow',
    words: /context_length_exceeded|request_too_large|exceed_context_size|context_window/,
    message:
      /prompt is too long|maximum context length|context (?:window|length|size)|input token count .* exceeds|too many (?:input )?tokens|prompt contains \d+ tokens/i,
    statuses: [413],
  },
  {
    kind: 'unknownModel',
    words: /model_not_found|deploymentnotfound|invalid_model|unknown_model/,
    message: /model:? ?\S* ?(?:is |was )?(?:not found|does not exist|not supported)|(?:unknown|invalid) model|try pulling it/i,
    statuses: [],
  },
  {
    kind: 'auth',
    words: /authentication_error|permission_error|permission_denied|invalid_api_key|api_key_invalid|unauthenticated|access_denied/,
    message: /invalid api key|incorrect api key|api key not valid|unauthorized/i,
    statuses: [401, 403],
  },
  { kind: 'overloaded', words: /overloaded|slow_down|unavailable/, message: /loading model/i, statuses: [500, 502, 503, 504, 529] },
  { kind: 'rateLimited', words: /rate_limit|resource_exhausted|too_many_requests/, message: null, statuses: [429] },
  { kind: 'unknownModel', words: /not_found/, message: null, statuses: [404] },
  { kind: 'overloaded', words: /api_error|server_error|internal/, message: null, statuses: [] },
  { kind: 'badRequest', words: /invalid_request|invalid_argument|unsupported/, message: null, statuses: [400, 405, 415, 422] },
];

/** Null where nothing tells: an answer that follows no form we know. */
export function classifyFailure({ words, message, status }: FailureFacts): ModelErrorKind | null {
  const row = rows.find(
    (one) =>
      words.some((word) => one.words.test(word)) ||
      (message !== null && one.message?.test(message) === true) ||
      (status !== null && one.statuses.includes(status)),
  );
  return row?.kind ?? (status !== null && status >= 300 ? 'badRequest' : null);
}
