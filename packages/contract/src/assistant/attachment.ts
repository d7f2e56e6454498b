import * as z from 'zod';

/** Characters of one text that is attached: about 10,000 lines of a log. What is more is cut by whoever attaches it, and said. */
export const longestAttachedText = 400_000;
export const mostAttachments = 12;

/** What a person lays beside a question. It leaves for a model as all else does: secrets hidden, names as their privacy says, cut where it is too long. */
export const attachmentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('object'), kind: z.string().min(1).max(253), namespace: z.string().max(63).nullable(), name: z.string().min(1).max(253) }),
  z.object({ type: z.literal('issue'), id: z.string().min(1).max(200), title: z.string().max(500) }),
  z.object({
    type: z.literal('text'),
    /** A file's name, or whose log it is. */
    name: z.string().min(1).max(300),
    /** How it is cut so that what matters stays; a log leaves only where logs may. */
    form: z.enum(['text', 'log', 'yaml']),
    text: z.string().min(1).max(longestAttachedText),
  }),
]);
export type Attachment = z.infer<typeof attachmentSchema>;
