import { type AssistantTool, cleanText, createPrivacy, defaultPrivacySettings, isSuspicious, type ToolOutcome } from '@quarterdeck/assistant';
import { type AppError, errorBody, type Permission, type Proposal, toAppError, validationError } from '@quarterdeck/contract';
import * as z from 'zod';
import { type Actor, decide } from '../gate/decide.ts';
import { refusal } from '../gate/refusal.ts';
import { unexpected } from '../routes/error-border.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';
import { AnswerShelf, charactersPerToken } from './answer-shelf.ts';
import { askedForLess, inBrief } from './brief.ts';
import { compactText } from './compact-text.ts';

export interface ToolContext {
  services: Services;
  actor: Actor;
  signal: AbortSignal;
}

export interface ToolResult {
  /** What a model reads. */
  answer: string;
  /** A handle for `read_more`; null where the answer is whole. */
  more: string | null;
  failed: boolean;
  /** Whether something in it reads like orders to whoever reads it. */
  suspicious: boolean;
  /** What a person is to decide upon; null where nothing was proposed. */
  proposal: Proposal | null;
}

/** A tool for programs, behind the gate. */
export interface Tool {
  name: string;
  title: string;
  /** What it is for, as a model reads it. */
  description: string;
  permission: Permission;
  effect: 'read' | 'propose';
  input: z.ZodObject;
  /** Never throws: a failure is a result that says what went wrong, with the closed codes. */
  call(raw: unknown, context: ToolContext): Promise<ToolResult>;
}

/** What is asked besides the tool's own input. */
const besides = {
  cluster: z.string().max(500).optional().describe('The kubeconfig context; left out, the current one.'),
  maxTokens: z.int().min(100).max(15_000).optional().describe('Of the answer, about; left out, 1500. The rest is kept for read_more.'),
};
const besidesSchema = z.looseObject(besides);
const usualTokens = 1_500;

/** Asked of the tool itself, with what it is called with. */
export type RunTool = (own: Record<string, unknown>, context: ToolContext & { cluster: string | undefined }) => Promise<ToolOutcome>;

type Described = Pick<AssistantTool, 'name' | 'title' | 'description' | 'permission' | 'effect' | 'input'>;

/** Gate, what the caller may see, no secrets, the few words that answer, a budget, errors as content. */
export function defineTool({ input, ...described }: Described, run: RunTool): Tool {
  const { name, permission } = described;
  const extras = z.object(askedForLess[name] ?? {});
  async function outcomeOf(raw: unknown, context: ToolContext): Promise<ToolResult> {
    const parsed = besidesSchema.safeParse(raw ?? {});
    const cluster = parsed.success ? parsed.data.cluster : undefined;
    const { services, actor } = context;
    const refused = refusal(decide(actor, { permission, effect: 'read', cluster: services.clusters.find(cluster) }));
    if (refused !== null) throw refused;
    if (!parsed.success) throw validationError(parsed.error);
    const { cluster: _cluster, maxTokens = usualTokens, ...asked } = parsed.data;
    const extra = extras.safeParse(asked);
    if (!extra.success) throw validationError(extra.error);
    const own = Object.fromEntries(Object.entries(asked).filter(([key]) => !(key in extras.shape)));
    const outcome = await run(own, { ...context, cluster });
    const text = textOf(inBrief(name, withoutSecrets(outcome), extra.data));
    const { answer, more, left } = await new AnswerShelf(services.shared).show(text, maxTokens * charactersPerToken, actor);
    const whole = more === null ? answer : `${answer}\n… ${left} more characters: read_more with handle ${more}, or ask for less.`;
    return { answer: whole, more, failed: false, suspicious: isSuspicious(text), proposal: outcome.proposal ?? null };
  }
  return {
    ...described,
    input: input.extend({ ...extras.shape, ...besides }),
    async call(raw, context) {
      try {
        return await outcomeOf(raw, context);
      } catch (thrown) {
        const answer = failureText(toAppError(thrown), name, context.services);
        return { answer, more: null, failed: true, suspicious: isSuspicious(answer), proposal: null };
      }
    },
  };
}

/** Whoever asks is a program that may hand it on to a model of its own. */
function withoutSecrets({ value, leavesWith }: ToolOutcome): unknown {
  return createPrivacy({ settings: defaultPrivacySettings }).sealValue(value, leavesWith);
}

function textOf(value: unknown): string {
  return cleanText(typeof value === 'string' ? value : compactText(value)) || 'Nothing.';
}

function failureText(error: AppError, tool: string, { log }: Services): string {
  const requestId = newRequestId();
  if (error.code === 'INTERNAL_ERROR') log.error({ err: error, requestId, tool }, 'A tool failed unexpectedly.');
  return JSON.stringify(errorBody(error.code === 'INTERNAL_ERROR' ? unexpected(requestId) : error, requestId));
}
