import type { ApiKey } from '../keys/api-key.ts';
import { ModelError, type ModelErrorKind } from '../model/model-error.ts';
import type { FailureFacts } from './failure-facts.ts';
import type { ProviderKind } from './provider-kind.ts';

const longestDetail = 300;
/** How long a program that loads a model is left before it is asked again. Milliseconds. */
const loadingPause = 2_000;

/** Who was asked for what: what the texts of errors are made of. */
export interface Asked {
  kind: ProviderKind;
  id: string;
  name: string;
  key: ApiKey | null;
  baseUrl: string;
  local: boolean;
  /** Null where no model was asked, but for the list of them. */
  model: string | null;
}

const silence: FailureFacts = { status: null, words: [], message: null, retryAfterMs: null, requestId: null };

/** A failure in words: what is wrong, with what the provider says of it, and what to do next. */
export function modelFailure(kind: ModelErrorKind, asked: Asked, facts: Partial<FailureFacts> = {}, cause?: unknown): ModelError {
  const all = { ...silence, ...facts };
  const detail = detailOf(all, asked);
  const isLoading = kind === 'overloaded' && /loading model/i.test(all.message ?? '');
  return new ModelError(kind, `${sentence(kind, asked, all, isLoading)}${detail}`, {
    provider: asked.id,
    hint: hint(kind, asked, all),
    retryAfterMs: all.retryAfterMs ?? (isLoading ? loadingPause : null),
    requestId: all.requestId,
    cause,
  });
}

function sentence(kind: ModelErrorKind, { name, key, model, baseUrl }: Asked, { retryAfterMs }: FailureFacts, isLoading: boolean): string {
  const again = retryAfterMs === null ? '' : ` for ${Math.ceil(retryAfterMs / 1000)} seconds`;
  const sentences: Record<ModelErrorKind, string> = {
    overloaded: isLoading ? `${name} is loading the model.` : `${name} has more to do than it can now.`,
    rateLimited: `${name} takes no more requests${again}.`,
    quota: `The account at ${name} is used up.`,
    missingKey: `There is no key for ${name}.`,
    auth: key === null ? `${name} wants a key.` : `${name} refuses the key ${key}.`,
    badRequest: `${name} did not take the request.`,
    contextOverflow: `This is more than ${model ?? 'the model'} takes in at once.`,
    filtered: `The content filter of ${name} stopped this.`,
    malformed: `The answer of ${name} could not be read.`,
    network: `${name} can't be reached at ${originOf(baseUrl)}.`,
    timeout: `${name} did not answer in time.`,
    unknownModel: model === null ? `${name} has no list of models at ${originOf(baseUrl)}.` : `${name} has no model ${model}.`,
    aborted: 'The answer was stopped.',
  };
  return sentences[kind];
}

function hint(kind: ModelErrorKind, { kind: { key: rules }, id, local, baseUrl }: Asked, { requestId }: FailureFacts): string {
  const set = `run \`qd model key set ${id}\``;
  const variable = rules?.variables[0];
  const hints: Record<ModelErrorKind, string> = {
    overloaded: 'Wait a little, or choose another model with `qd model use`.',
    rateLimited: 'Wait, or choose another model with `qd model use`.',
    quota: `Pay or raise the limit${rules?.page ? ` at ${rules.page}` : ''}, or choose another model with \`qd model use\`.`,
    missingKey: variable === undefined ? `${capital(set)}.` : `Set ${variable}, or ${set}.`,
    auth: rules?.page ? `Look at ${rules.page} whether it is valid, then ${set}.` : `${capital(set)}.`,
    badRequest: `Choose another model with \`qd model use\`${requestId === null ? '' : `, or ask the provider about request ${requestId}`}.`,
    contextOverflow: 'Ask for less at once, or choose a model with a larger context.',
    filtered: 'Ask in other words, leave out what was added last, or choose another model.',
    malformed: 'Ask again; if it stays so, see whether the address is that of a model server.',
    network: local ? startHint(id, baseUrl) : 'Look at the network and the proxy (HTTPS_PROXY with NODE_USE_ENV_PROXY=1).',
    timeout: local
      ? 'A large model needs long on this machine: choose a smaller one, or allow it more time.'
      : 'Ask again, or choose another model with `qd model use`.',
    unknownModel: `\`qd model list ${id}\` shows which there are.`,
    aborted: 'Ask again.',
  };
  return hints[kind];
}

function startHint(id: string, baseUrl: string): string {
  return id === 'ollama' ? 'Start it with `ollama serve`.' : `Start the server that listens at ${originOf(baseUrl)}.`;
}

/** What the provider says itself, cut, without control characters and without the key. */
function detailOf({ message, status }: FailureFacts, { key }: Asked): string {
  if (message === null) return status === null ? '' : ` (HTTP ${status})`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = (key?.hideIn(message) ?? message).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').replace(/\b(sk|key|gsk)-[\w-]{12,}/g, '$1-…');
  return ` It says: ${clean.length > longestDetail ? `${clean.slice(0, longestDetail)}…` : clean}`;
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
