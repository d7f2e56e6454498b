import { toAppError } from '@quarterdeck/contract';
import * as z from 'zod';

const detailsSchema = z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) });

/** What the server says of each field of an input that it refused, by the name of the field. */
export function problemsByField(thrown: unknown): ReadonlyMap<string, string> {
  const details = detailsSchema.safeParse(thrown === null ? null : toAppError(thrown).details);
  return new Map(details.data?.fields.map(({ path, message }) => [path, message]));
}
