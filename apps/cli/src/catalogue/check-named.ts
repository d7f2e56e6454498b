import { AppError } from '@quarterdeck/contract';
import { type CatalogueEntry, catalogue, nearestNames } from '@quarterdeck/diagnosis';

/** The check of this code, however its letters are cased. Throws NOT_FOUND with the nearest codes. */
export function checkNamed(code: string): CatalogueEntry {
  const all = catalogue();
  const found = all.find((entry) => entry.code === code.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestNames(
    code.toLowerCase(),
    all.map((entry) => entry.code),
  );
  throw new AppError('NOT_FOUND', `There is no check ${code}.`, { hint: near.length === 0 ? 'See `qd explain-check`.' : `Nearest: ${near.join(', ')}.` });
}
