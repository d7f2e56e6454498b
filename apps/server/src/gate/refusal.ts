import { AppError } from '@quarterdeck/contract';
import type { Decision } from './decide.ts';

/** A decision that is not `allow`, as the error that tells so; null for `allow`. */
export function refusal(decision: Decision): AppError | null {
  if (decision.outcome === 'allow') return null;
  const code = decision.outcome === 'deny' ? decision.code : 'FORBIDDEN';
  return new AppError(code, decision.reason, { hint: decision.hint, details: { outcome: decision.outcome } });
}
