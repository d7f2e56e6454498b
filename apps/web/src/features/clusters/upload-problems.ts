import { type AppError, type KubeconfigFileProblem, uploadRefusalSchema } from '@quarterdeck/contract';

/** What was wrong in a file that was refused, line by line; none where it was refused for another reason. */
export function problemsOf(error: AppError): Omit<KubeconfigFileProblem, 'file'>[] {
  const details = uploadRefusalSchema.safeParse(error.details);
  return details.success ? details.data.problems : [];
}
