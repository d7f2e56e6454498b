import { APICallError, InvalidResponseDataError, JSONParseError, TypeValidationError } from '@ai-sdk/provider';
import { ModelError } from '../model/model-error.ts';
import { classifyFailure } from './classify-failure.ts';
import { factsOf } from './failure-facts.ts';
import { type Asked, modelFailure } from './model-failure.ts';
import { BrokenStep, ReportedFailure } from './step-reader.ts';

/**
 * Whatever a provider package throws or reports on the way, as a ModelError. Its own errors hold the request that was
 * sent, prompt included: none of them is kept as a cause.
 */
export function streamFailure(thrown: unknown, asked: Asked, signal: AbortSignal): ModelError {
  const ours = ownErrorIn(thrown instanceof ReportedFailure ? thrown.report : thrown);
  if (ours !== null) return ours;
  if (signal.aborted) return modelFailure('aborted', asked);
  if (thrown instanceof BrokenStep) return modelFailure(thrown.kind, asked, { message: thrown.message });
  if (isCut(thrown)) return modelFailure('network', asked, { message: 'The answer was cut.' });
  const told = toldBy(thrown instanceof ReportedFailure ? thrown.report : thrown);
  const facts = factsOf(told.body, told.status);
  const kind = classifyFailure(facts);
  if (kind !== null) return modelFailure(kind, asked, facts);
  // An error in the stream that names no kind is the service's own; a frame that can't be read is not.
  return modelFailure(told.isReport ? 'overloaded' : 'malformed', asked, facts);
}

function ownErrorIn(thrown: unknown): ModelError | null {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 8; error = error.cause, depth += 1) {
    if (error instanceof ModelError) return error;
  }
  return null;
}

/** So `openai-compatible` calls an answer without an end. */
function isCut(thrown: unknown): boolean {
  const error = thrown instanceof ReportedFailure ? thrown.report : thrown;
  return InvalidResponseDataError.isInstance(error) && error.data === undefined;
}

interface Told {
  body: unknown;
  status: number | null;
  isReport: boolean;
}

/** The provider's own words in it: some packages pass them on, some check them first against the form of an answer. */
function toldBy(thrown: unknown): Told {
  if (APICallError.isInstance(thrown))
    return { body: bodyOf(thrown.responseBody), status: reportedStatus(thrown.statusCode), isReport: thrown.responseBody !== undefined };
  if (TypeValidationError.isInstance(thrown)) return { body: errorPart(thrown.value), status: null, isReport: errorPart(thrown.value) !== null };
  if (JSONParseError.isInstance(thrown) || thrown instanceof Error) return { body: null, status: null, isReport: false };
  const isText = typeof thrown === 'string';
  return { body: isText ? { message: thrown } : thrown, status: null, isReport: isText || (typeof thrown === 'object' && thrown !== null) };
}

/** A failure that a stream reports has the status of the stream, 200, which says nothing. */
function reportedStatus(status: number | undefined): number | null {
  return status !== undefined && status >= 400 ? status : null;
}

function bodyOf(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/** Null for a frame that is none of the errors that providers send. */
function errorPart(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const isError = 'error' in value || ('object' in value && value.object === 'error') || ('type' in value && value.type === 'error');
  return isError ? value : null;
}
