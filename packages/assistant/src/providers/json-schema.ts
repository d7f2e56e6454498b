import type { JSONSchema7 } from '@ai-sdk/provider';
import * as z from 'zod';

const made = new WeakMap<z.ZodType, JSONSchema7>();

/** The schema as models are told it. The same schema gives the same text, so that providers can cache what comes before. */
export function jsonSchemaOf(schema: z.ZodType): JSONSchema7 {
  const known = made.get(schema);
  if (known !== undefined) return known;
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  const result = toJson7(rest);
  made.set(schema, result);
  return result;
}

/** Both describe the same drafts; only their types were written by different people. */
function toJson7(schema: object): JSONSchema7 {
  return JSON.parse(JSON.stringify(schema));
}
