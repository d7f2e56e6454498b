import { randomBytes } from 'node:crypto';
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { type Action, actionRoutes, finalActionStates, isWorse, type Proposal, type ProposedAction, toAppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { approveAction } from '../actions/approve-action.ts';
import { admit } from '../routes/admit.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';
import type { McpCaller } from './mcp-caller.ts';

const approvalSchema = z.object({
  approve: z.boolean().describe('Whether this is to be done.'),
  note: z.string().max(300).optional().describe('Why, for the ledger.'),
});

/** What a person is asked about: the very action, by the hash of what they are shown. */
const askedSchema = z.object({ id: z.string(), hash: z.string() });
type Asked = z.infer<typeof askedSchema>;

/** What a client of 2026-07-28 says of itself with every call. */
const capabilitiesSchema = z.object({ [CLIENT_CAPABILITIES_META_KEY]: z.object({ elicitation: z.object({}).optional() }) });

const question = 'decision';

/** Asks the person at the client about what was proposed, and carries out what they approve. */
export class ClientApprovals {
  private readonly services: Services;
  /** Signed, and good for the same caller and the same tool alone: the client carries it. */
  readonly state = createRequestStateCodec<Asked>({
    key: randomBytes(32),
    bind: ({ mcpReq: { method }, http }) => JSON.stringify([method, http?.authInfo?.clientId ?? null]),
  });

  constructor(services: Services) {
    this.services = services;
  }

  /** Whether this person can be asked in their client about this: worse than a disruption is decided in the workbench. */
  canAsk({ person }: McpCaller, { action }: Proposal, server: McpServer, context: ServerContext): boolean {
    if (person === null || action === null || action.obstacles.length > 0 || isWorse(action.danger.danger, 'disruptive')) return false;
    const told = capabilitiesSchema.safeParse(context.mcpReq.envelope);
    const elicitation = told.success ? told.data[CLIENT_CAPABILITIES_META_KEY].elicitation : server.server.getClientCapabilities()?.elicitation;
    return elicitation !== undefined;
  }

  async ask({ id, hash, title, danger, cluster }: ProposedAction, { summary, kubectl }: Proposal, context: ServerContext): Promise<InputRequiredResult> {
    const message = [`${title} (cluster ${cluster})`, summary, kubectl, `Danger: ${danger.danger}. ${danger.reason}`.trim()].join('\n\n');
    return inputRequired({
      inputRequests: { [question]: inputRequired.elicit({ message, requestedSchema: approvalSchema }) },
      requestState: await this.state.mint({ id, hash }, context),
    });
  }

  /** What became of what the person was asked; null where this call is a first one. */
  async decided(context: ServerContext, caller: McpCaller): Promise<string | null> {
    const asked = askedSchema.safeParse(context.mcpReq.requestState());
    if (!asked.success) return null;
    const answer = acceptedContent(context.mcpReq.inputResponses, question, approvalSchema);
    if (answer?.approve !== true) return `The person did not approve it. Nothing was done. Action ${asked.data.id} can still be approved in the workbench.`;
    return this.carriedOut({ ...asked.data, note: answer.note ?? null }, caller, context);
  }

  private async carriedOut(approval: Asked & { note: string | null }, { person }: McpCaller, { mcpReq: { signal } }: ServerContext): Promise<string> {
    const { services } = this;
    try {
      const { cluster } = await services.actions.desk.get(approval.id);
      if (person === null) return 'It was not approved. Only the workbench can take this approval.';
      admit(person, actionRoutes.approveAction, services.clusters.find(cluster));
      await approveAction(services, approval, { actor: person, via: 'mcp', requestId: newRequestId(), signal });
      return await this.outcome(approval.id, signal);
    } catch (thrown) {
      const { message, hint } = toAppError(thrown);
      return `It was not done. ${message} ${hint ?? ''}`.trim();
    }
  }

  private async outcome(id: string, signal: AbortSignal): Promise<string> {
    for await (const action of this.services.actions.desk.follow(id, signal)) if (finalActionStates.has(action.state)) return outcomeText(action);
    return `Action ${id} goes on; get_action tells how it stands.`;
  }
}

function outcomeText({ id, state, reason, steps, validation }: Action): string {
  const lines = steps.map(({ description, run }) => `${run.state}: ${description}${run.error === null ? '' : ` (${run.error.error})`}`);
  const after = validation.map(({ message }) => message).filter((message) => message !== '');
  return [`The person approved it. Action ${id}: ${state}. ${reason ?? ''}`.trim(), ...lines, ...after].join('\n');
}
