import * as z from 'zod';
import { attachmentSchema, mostAttachments } from './attachment.ts';
import { focusSchema } from './focus.ts';
import { answerStateSchema, turnEventSchema } from './turn-event.ts';

export const ratingSchema = z.enum(['up', 'down']);
export type Rating = z.infer<typeof ratingSchema>;

export const conversationSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The kubeconfig context that it is about; null where it is about none. */
  cluster: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** The message that the branch shown last ends with. */
  head: z.string().nullable(),
  /** Whether others of the organisation read it, who may see what its owner saw. */
  shared: z.boolean(),
  /** False for one that somebody else shares: it can be read. */
  own: z.boolean(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** One question or answer. Messages of a conversation are a tree: an edited question, or an answer tried again, is a sibling. */
export const chatMessageSchema = z.object({
  id: z.string(),
  conversation: z.string(),
  parent: z.string().nullable(),
  role: z.enum(['user', 'assistant']),
  /** Markdown. Of an answer what the model wrote, or the engine where no model was asked. */
  text: z.string(),
  createdAt: z.string(),
  /** Of a question always `complete`. */
  state: answerStateSchema,
  focus: focusSchema,
  /** What was laid beside a question; empty for an answer. */
  attachments: z.array(attachmentSchema).default([]),
  /** What happened on the way but for the text; empty for a question. */
  steps: z.array(turnEventSchema),
  /** The stored run, to look up what was sent; null where no model was asked. */
  run: z.string().nullable(),
  rating: ratingSchema.nullable(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const conversationDetailSchema = z.object({ conversation: conversationSchema, messages: z.array(chatMessageSchema) });
export type ConversationDetail = z.infer<typeof conversationDetailSchema>;

export const conversationPageSchema = z.object({
  conversations: z.array(
    conversationSchema.extend({
      /** The place that a search found, as plain text; null without one. */
      excerpt: z.string().nullable(),
    }),
  ),
  /** Give it as `before` for the next page; null on the last one. */
  next: z.string().nullable(),
});
export type ConversationPage = z.infer<typeof conversationPageSchema>;

export const questionSchema = z.object({
  question: z.string().trim().min(1).max(20_000),
  /** Left out: a new one. */
  conversation: z.string().max(100).optional(),
  /** The message that it follows; left out, the head of the conversation. Null: the beginning, beside what is there. */
  parent: z.string().max(100).nullable().optional(),
  focus: focusSchema.default({ page: null, namespace: null, object: null, issueId: null }),
  attachments: z.array(attachmentSchema).max(mostAttachments).default([]),
  /** Ids of sections of what is known that are not to be sent with this question. */
  without: z.array(z.string().max(100)).max(100).default([]),
  /** False: the engine answers alone. */
  model: z.boolean().default(true),
});
export type Question = z.infer<typeof questionSchema>;

export const askedSchema = z.object({ conversation: conversationSchema, question: chatMessageSchema, answer: chatMessageSchema });
export type Asked = z.infer<typeof askedSchema>;
