import { type AssistantTool, createPrivacy, defaultPrivacySettings, kubernetesTools, type ToolOutcome, withoutChanges } from '@quarterdeck/assistant';
import { AppError, errorBody, type Permission, toAppError, validationError } from '@quarterdeck/contract';
import * as z from 'zod';
import { askedCluster } from '../assistant/asked-cluster.ts';
import { type Actor, decide } from '../gate/decide.ts';
import { refusal } from '../gate/refusal.ts';
import { unexpected } from '../routes/error-border.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';

export interface ToolContext {
  services: Services;
  actor: Actor;
  signal: AbortSignal;
}

export interface ToolResult {
  /** JSON; where it was too long, cut off and a sentence that says so. */
  text: string;
  failed: boolean;
}

/** A tool of the assistant for programs: of whichever cluster they name, behind the gate. */
export interface Tool {
  name: string;
  title: string;
  /** What it is for, as a model reads it. */
  description: string;
  permission: Permission;
  input: z.ZodObject;
  /** Never throws: a failure is a result that says what went wrong, with the closed codes. */
  call(raw: unknown, context: ToolContext): Promise<ToolResult>;
}

/** Characters; some fifteen thousand tokens. */
const longestText = 60_000;

const named = z.looseObject({ cluster: z.string().max(500).optional().describe('The kubeconfig context; left out, the current one.') });

/** Wraps a tool that only reads: gate, the cluster as its caller sees it, no secrets, length limit, errors as content. */
export function defineTool({ name, title, description, permission, input }: AssistantTool): Tool {
  async function run(raw: unknown, { services, actor, signal }: ToolContext): Promise<unknown> {
    const parsed = named.safeParse(raw ?? {});
    const id = parsed.success ? parsed.data.cluster : undefined;
    const refused = refusal(decide(actor, { permission, effect: 'read', cluster: services.clusters.find(id) }));
    if (refused !== null) throw refused;
    if (!parsed.success) throw validationError(parsed.error);
    const { cluster: _cluster, ...own } = parsed.data;
    return withinCall(signal, async (lifetime) => {
      const cluster = withoutChanges(await askedCluster(services, { actor }, id, lifetime));
      const tool = kubernetesTools(cluster).find((each) => each.name === name);
      if (tool === undefined) throw new AppError('NOT_FOUND', `There is no tool ${name}.`);
      return withoutSecrets(await tool.run(own, lifetime));
    });
  }
  return {
    name,
    title,
    description,
    permission,
    input: input.extend({ cluster: named.shape.cluster }),
    async call(raw, context) {
      try {
        return { text: shorten(JSON.stringify(await run(raw, context), null, 1)), failed: false };
      } catch (thrown) {
        return { text: failureText(toAppError(thrown), name, context.services), failed: true };
      }
    },
  };
}

/** What is opened for a call is let go of with it. */
async function withinCall<T>(signal: AbortSignal, use: (lifetime: AbortSignal) => Promise<T>): Promise<T> {
  const letGo = new AbortController();
  try {
    return await use(AbortSignal.any([signal, letGo.signal]));
  } finally {
    letGo.abort();
  }
}

/** Whoever asks is a program that may hand it on to a model of its own. */
function withoutSecrets({ value, leavesWith }: ToolOutcome): unknown {
  return createPrivacy({ settings: defaultPrivacySettings }).sealValue(value, leavesWith);
}

function failureText(error: AppError, tool: string, { log }: Services): string {
  const requestId = newRequestId();
  if (error.code === 'INTERNAL_ERROR') log.error({ err: error, requestId, tool }, 'A tool failed unexpectedly.');
  return JSON.stringify(errorBody(error.code === 'INTERNAL_ERROR' ? unexpected(requestId) : error, requestId));
}

function shorten(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText)}\n… cut off after ${longestText} of ${text.length} characters. Ask for less: a namespace, a filter or a smaller limit.`;
}
