import { ModelError, type ModelErrorKind, type ModelInfo, type OpenModels, providerKind } from '@quarterdeck/assistant';
import { AppError, type ErrorCode } from '@quarterdeck/contract';

const codes: Record<ModelErrorKind, ErrorCode> = {
  overloaded: 'TIMEOUT',
  rateLimited: 'RATE_LIMITED',
  quota: 'RATE_LIMITED',
  missingKey: 'AUTH_REQUIRED',
  auth: 'AUTH_REQUIRED',
  badRequest: 'VALIDATION_ERROR',
  contextOverflow: 'PAYLOAD_TOO_LARGE',
  filtered: 'UNSUPPORTED',
  malformed: 'UNSUPPORTED',
  network: 'TIMEOUT',
  timeout: 'TIMEOUT',
  unknownModel: 'NOT_FOUND',
  aborted: 'CANCELLED',
};

/** The models of one provider. Throws an AppError with the way out. */
export async function modelsOf(id: string, { providers }: OpenModels, signal: AbortSignal): Promise<ModelInfo[]> {
  const open = providers.find((one) => one.id === id);
  if (open === undefined)
    throw new AppError('NOT_FOUND', `The provider ${providerKind(id).name} is switched off.`, { hint: `Set providers.${id}.enabled to true.` });
  if (open.provider === null) throw open.problem ?? new AppError('VALIDATION_ERROR', `${open.kind.name} is not set up.`);
  try {
    return await open.provider.models(signal);
  } catch (thrown) {
    throw thrown instanceof ModelError ? appErrorOf(thrown) : thrown;
  }
}

/** A failure of a provider, as every other failure is told. */
export function appErrorOf(error: ModelError): AppError {
  return new AppError(codes[error.kind], error.message, { hint: error.hint, details: { kind: error.kind, provider: error.provider }, cause: error });
}
