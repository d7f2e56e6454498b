import * as z from 'zod';
import { assistantPrivacySchema } from './assistant-settings.ts';

/** What became of one section of what is known, on the way to a model. */
export const sectionAccountSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Of what is sent, with what stands around it; and of all there was, for a long section about. */
  tokens: z.number().int().nonnegative(),
  fullTokens: z.number().int().nonnegative(),
  /** What was cut, in words; null where nothing was. */
  cut: z.string().nullable(),
  /** In how many places a secret was hidden, and a name replaced by an alias. */
  redacted: z.number().int().nonnegative(),
  aliased: z.number().int().nonnegative(),
  /** The privacy setting that kept it here; null where none did. */
  withheld: z.enum(assistantPrivacySchema.keyof().options).nullable(),
});
export type SectionAccount = z.infer<typeof sectionAccountSchema>;

/** What would be sent if the question was asked now: nothing has left. */
export const contextPreviewSchema = z.object({
  /** The models that would be asked, the first one first; empty where the engine would answer alone. */
  models: z.array(z.string()),
  instructions: z.array(z.string()),
  messages: z.array(z.record(z.string(), z.unknown())),
  tools: z.array(z.string()),
  sections: z.array(sectionAccountSchema),
  /** Of instructions and messages, counted here. */
  tokens: z.number().int().nonnegative(),
});
export type ContextPreview = z.infer<typeof contextPreviewSchema>;
