import {
  AppError,
  errorCodes,
  terminalChangeSchema,
  terminalHostSchema,
  terminalKubeSchema,
  terminalRequestSchema,
  terminalSessionSchema,
  terminalSignals,
  validationError,
} from '@quarterdeck/contract';
import * as z from 'zod';
import { defineHostMethod } from '../host/host-method.ts';

/** Of what server and host say to each other. Both sides must have the same. */
export const hostProtocol = 1;

/** First bytes of messages that are no terminal frames; those go through as they are. */
export const hostMessageTypes = { hello: 0x11, request: 0x10, welcome: 0x91, response: 0x90 } as const;

export const hostHelloSchema = z.object({
  protocol: z.number().int(),
  token: z.string(),
  /** The person for whom the connection is; null for the workbench itself. */
  owner: z.string().nullable(),
  /** The page that it carries; null where it carries none. */
  client: z.string().nullable(),
  /** What the host seals with what it writes down; base64. Null: nothing is sealed. */
  key: z.string().nullable(),
});
export type HostHello = z.infer<typeof hostHelloSchema>;

export const hostWelcomeSchema = z.object({ protocol: z.number().int(), version: z.string(), pid: z.number().int() });
export type HostWelcome = z.infer<typeof hostWelcomeSchema>;

export const hostRequestSchema = z.object({ id: z.number().int(), method: z.string(), owner: z.string().nullable(), params: z.unknown() });

export const hostResponseSchema = z.object({
  id: z.number().int(),
  result: z.unknown(),
  error: z.object({ code: z.enum(errorCodes), message: z.string(), hint: z.string().nullable() }).nullable(),
});
export type HostResponse = z.infer<typeof hostResponseSchema>;

export function encodeHostMessage(type: number, value: unknown): Uint8Array {
  return Buffer.concat([Buffer.of(type), Buffer.from(JSON.stringify(value))]);
}

/** Throws VALIDATION_ERROR. */
export function decodeHostMessage<T>(schema: z.ZodType<T>, message: Uint8Array): T {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(message.subarray(1)).toString('utf8'));
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', 'The message holds no JSON.', { cause });
  }
  const parsed = z.safeParse(schema, json);
  if (!parsed.success) throw validationError(parsed.error);
  return parsed.data;
}

const byId = z.object({ id: z.string() });

/** Of the cluster that a new shell speaks to, by the files that the workbench itself reads. */
const spawnKubeSchema = z.object({
  ...terminalKubeSchema.shape,
  namespace: z.string().nullable(),
  files: z.array(z.string()),
  productionContexts: z.array(z.string()).optional(),
});

export const hostCalls = {
  listSessions: defineHostMethod({ name: 'sessions.list', input: z.object({}), output: z.array(terminalSessionSchema) }),
  createSession: defineHostMethod({
    name: 'sessions.create',
    input: z.object({ ...terminalRequestSchema.shape, shell: z.string(), kube: spawnKubeSchema.nullable() }),
    output: terminalSessionSchema,
  }),
  changeSession: defineHostMethod({
    name: 'sessions.change',
    input: z.object({ ...byId.shape, ...terminalChangeSchema.omit({ kube: true }).shape }),
    output: terminalSessionSchema,
  }),
  endSession: defineHostMethod({ name: 'sessions.end', input: byId, output: byId }),
  signalSession: defineHostMethod({
    name: 'sessions.signal',
    input: z.object({ ...byId.shape, signal: z.enum(terminalSignals), pid: z.number().int().min(2).optional() }),
    output: z.object({ signalled: z.array(z.number().int()) }),
  }),
  hostState: defineHostMethod({ name: 'host.state', input: z.object({}), output: terminalHostSchema.omit({ draining: true }) }),
  /** Ends as soon as it holds no session any more. */
  drainHost: defineHostMethod({ name: 'host.drain', input: z.object({}), output: z.object({ sessions: z.number().int() }) }),
} as const;
