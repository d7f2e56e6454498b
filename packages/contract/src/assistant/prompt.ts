import * as z from 'zod';

/** A text that a model is told before a conversation. They are part of the program, and changed with it. */
export const promptSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  /** What it is for; `all`: it goes before every other one of a conversation. */
  intent: z.string(),
  text: z.string(),
  /** Where it lies in the program. */
  path: z.string(),
});
export type Prompt = z.infer<typeof promptSchema>;
