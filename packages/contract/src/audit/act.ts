import * as z from 'zod';
import type { ChangeVerb } from '../changes/change.ts';
import { errorCodes } from '../errors/codes.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

/** Ways by which somebody acts. `server`: the workbench itself, as when it starts remembered port-forwards. */
export const actVias = ['web', 'api', 'cli', 'mcp', 'assistant', 'terminal', 'server'] as const;
export type ActVia = (typeof actVias)[number];

/** What is written down besides changes of objects. */
export const otherActions = [
  'node.drain',
  'node.debug',
  'pod.exec',
  'pod.attach',
  'pod.debug',
  'pod.download',
  'pod.upload',
  'pod.portForward',
  'terminal.open',
  'terminal.takeOver',
  'terminal.end',
  'helm.install',
  'helm.upgrade',
  'helm.rollback',
  'helm.uninstall',
  'helm.test',
  'secret.reveal',
  'kubectl.run',
  'session.login',
  'session.logout',
  'session.end',
  'password.change',
  'password.reset',
  'token.create',
  'token.revoke',
  'team.setup',
  'user.create',
  'user.update',
  'user.remove',
  'role.create',
  'role.replace',
  'role.delete',
  'organisation.create',
  'cluster.login',
  'login.consent',
  'kubeconfig.upload',
  'kubeconfig.remove',
  'policy.change',
  'model.run',
  'model.configure',
  'model.try',
  'modelKey.set',
  'modelKey.remove',
  'runbook.write',
  'runbook.remove',
  'action.run',
  'action.stop',
  'issue.dismiss',
  'issue.restore',
  'issue.rate',
  'ledger.prune',
  'storage.import',
  'storage.rotateKey',
] as const;
/** A ledger that a newer version wrote may hold others: whoever reads takes any text. */
export type ActAction = `change.${ChangeVerb}` | (typeof otherActions)[number];

export const actOutcomes = ['done', 'failed', 'cancelled'] as const;
export type ActOutcome = (typeof actOutcomes)[number];

export const actActorSchema = z.object({ id: z.string(), kind: z.enum(['person', 'agent', 'server']) });
export type ActActor = z.infer<typeof actActorSchema>;

/** How an act can be taken back. */
export const actUndoSchema = z.object({
  /** A `Change` of this contract; null where none takes it back. */
  change: z.record(z.string(), z.unknown()).nullable(),
  kubectl: z.string().nullable(),
  note: z.string().nullable(),
});
export type ActUndo = z.infer<typeof actUndoSchema>;

export const actApprovalSchema = z.object({
  by: z.string(),
  /** ISO 8601. */
  at: z.string(),
  note: z.string().nullable(),
});
export type ActApproval = z.infer<typeof actApprovalSchema>;

/** Written before something is done. Everything in it has gone through redaction. */
export const actIntentSchema = z.object({
  phase: z.literal('intent'),
  /** The id of the act, which its result carries too. */
  act: z.string(),
  /** ISO 8601 with milliseconds. */
  at: z.string(),
  actor: actActorSchema,
  via: z.enum(actVias),
  /** The context's name; null for what is about no cluster. */
  cluster: z.string().nullable(),
  action: z.string(),
  target: objectRefSchema.nullable(),
  /** What was asked for: the change, the command of an exec, the options of a drain. */
  input: z.record(z.string(), z.unknown()),
  /** The same as a command for kubectl (or helm); null where there is none. */
  kubectl: z.string().nullable(),
  approval: actApprovalSchema.nullable(),
  undo: actUndoSchema.nullable(),
  /** Of the call that it is part of; several acts of one call share it. */
  requestId: z.string().nullable(),
});
export type ActIntent = z.infer<typeof actIntentSchema>;

/** Written after it was done or has failed. An act without one was cut off: whether it happened, the cluster alone knows. */
export const actResultSchema = z.object({
  phase: z.literal('result'),
  act: z.string(),
  at: z.string(),
  outcome: z.enum(actOutcomes),
  error: z.object({ code: z.enum(errorCodes), message: z.string() }).nullable(),
  /** Unified diff of the object's YAML before and after, without secrets. */
  diff: z.string().nullable(),
  /** Where the way back is known only afterwards. */
  undo: actUndoSchema.nullable(),
  /** Counts, exit codes, names that the server chose. */
  detail: z.record(z.string(), z.unknown()),
});
export type ActResult = z.infer<typeof actResultSchema>;

/**
 * One row of the ledger. `hash` is the SHA-256 (hex) of the row's canonical JSON (RFC 8785) without `hash`; `previous`
 * is the hash of the row before it. Rows are numbered without gaps.
 */
export const ledgerEntrySchema = z.object({
  seq: z.number().int().positive(),
  previous: z.string(),
  record: z.discriminatedUnion('phase', [actIntentSchema, actResultSchema]),
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** An act as people see it: what was intended and, where it is known, how it ended. */
export const actSchema = z.object({
  /** Of its intent. */
  seq: z.number().int().positive(),
  ...actIntentSchema.omit({ phase: true }).shape,
  result: actResultSchema.omit({ phase: true, act: true }).nullable(),
});
export type Act = z.infer<typeof actSchema>;

export const actPageSchema = z.object({
  /** Newest first. */
  acts: z.array(actSchema),
  /** Give it as `before` for the next page; null on the last one. */
  next: z.number().int().positive().nullable(),
});
export type ActPage = z.infer<typeof actPageSchema>;

/** Every filter narrows; left out, it does not. */
export const actFilterSchema = z.object({
  cluster: z.string().optional(),
  actor: z.string().optional(),
  via: z.enum(actVias).optional(),
  /** Whole (`change.scale`), or a family (`change`, `pod`). */
  action: z
    .string()
    .regex(/^[A-Za-z]+(\.[A-Za-z]+)?$/, 'must be one as change.scale, or a family as change')
    .optional(),
  namespace: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  /** `unfinished`: no result is known. */
  outcome: z.enum([...actOutcomes, 'unfinished']).optional(),
  /** ISO 8601. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
export type ActFilter = z.infer<typeof actFilterSchema>;

/** What a check of the hash chain found. */
export const ledgerReportSchema = z.object({
  ok: z.boolean(),
  /** How many rows were read. */
  rows: z.number().int().nonnegative(),
  /** The first row that is kept; older ones fell to retention. */
  from: z.number().int().positive().nullable(),
  /** The newest row. Kept elsewhere and given back as an anchor, it proves that nothing before it was exchanged or cut off. */
  head: z.object({ seq: z.number().int().nonnegative(), hash: z.string() }),
  /** Where the chain is broken, and how. */
  faults: z.array(z.object({ seq: z.number().int().nonnegative(), message: z.string() })),
  /** Acts whose end is not known, counted. */
  unfinished: z.number().int().nonnegative(),
});
export type LedgerReport = z.infer<typeof ledgerReportSchema>;
