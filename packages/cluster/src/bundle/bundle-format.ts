import { AppError, type KubeObject, type ResourceKind, resourceKindSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ClusterVersion } from '../access/cluster-access.ts';
import type { EvidenceAnswer } from '../evidence/evidence.ts';

export const bundleFormat = 'quarterdeck-snapshot';
export const bundleVersion = 1;

/** Bundles come from other people: every number of theirs has an end. Documented in docs/reference/snapshot-bundle.md. */
export interface BundleLimits {
  compressedBytes: number;
  inflatedBytes: number;
  objects: number;
  /** Arrays and objects inside each other. */
  depth: number;
  /** Bytes of one JSON string as written. */
  stringBytes: number;
  /** Values of all sorts; more would take gigabytes once parsed, however small the file. */
  values: number;
}

export const bundleLimits: BundleLimits = {
  compressedBytes: 64 * 1024 * 1024,
  inflatedBytes: 512 * 1024 * 1024,
  objects: 200_000,
  depth: 64,
  stringBytes: 4 * 1024 * 1024,
  values: 30_000_000,
};

const lines = z.array(z.string());
const shape = z.object({ length: z.number(), fingerprint: z.string(), decodedFingerprint: z.string().nullable(), trimmedFingerprint: z.string() });

const link = { subject: z.string(), issuer: z.string(), notBefore: z.string(), notAfter: z.string() };

const answerSchema: z.ZodType<EvidenceAnswer> = z.union([
  z.object({ state: z.literal('answered'), need: z.literal('log'), value: z.array(z.object({ at: z.string().nullable(), text: z.string() })) }),
  z.object({ state: z.literal('answered'), need: z.literal('secretShape'), value: z.object({ type: z.string(), keys: z.record(z.string(), shape) }) }),
  z.object({
    state: z.literal('answered'),
    need: z.literal('certificate'),
    value: z.object({ ...link, names: z.array(z.string()), keyMatches: z.boolean().nullable(), chain: z.array(z.object(link)).optional() }),
  }),
  z.object({ state: z.enum(['absent', 'refused']), reason: z.string() }),
]);

const coverageSchema = z.object({ state: z.enum(['read', 'absent', 'forbidden', 'failed', 'unread']), reason: z.string().nullable() });

const metaSchema = z.object({
  cluster: z.string().min(1).max(1024),
  server: z.string().max(4096).nullable(),
  version: z.object({ gitVersion: z.string(), major: z.number(), minor: z.number() }).nullable(),
  takenAt: z.iso.datetime(),
  /** The namespaces it is limited to; null for all. */
  namespaces: z.array(z.string()).nullable(),
});

const logSchema = z.object({ namespace: z.string(), pod: z.string(), container: z.string(), previous: z.boolean(), lines });

/** The frame; each of `objects` is checked on its own, as objects of a live cluster are. */
export const bundleSchema = z.object({
  format: z.literal(bundleFormat),
  version: z.literal(bundleVersion),
  meta: metaSchema,
  kinds: z.array(resourceKindSchema).max(5000),
  objects: z.array(z.unknown()),
  /** By kind. */
  coverage: z.record(z.string(), coverageSchema),
  /** By `evidenceKey`. */
  evidence: z.record(z.string(), answerSchema),
  logs: z.array(logSchema).max(100_000),
});

/** One container's log as it was recorded, each line with its timestamp in front. */
export type RecordedLog = z.infer<typeof logSchema>;

/** What a bundle holds, once it is known to be sound. */
export interface BundleContent {
  meta: { cluster: string; server: string | null; version: ClusterVersion | null; takenAt: string; namespaces: string[] | null };
  kinds: ResourceKind[];
  objects: KubeObject[];
  coverage: z.infer<typeof bundleSchema>['coverage'];
  evidence: Record<string, EvidenceAnswer>;
  logs: RecordedLog[];
}

export function bundleInvalid(path: string, what: string, cause?: unknown): AppError {
  return new AppError('BUNDLE_INVALID', `${path} is not a usable recording: ${what}.`, {
    hint: 'Record it again with this version, or ask whoever made it for the whole file.',
    cause,
  });
}
