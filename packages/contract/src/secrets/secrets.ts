import * as z from 'zod';

/** One value of a Secret, decoded; as base64 where it is no text. */
export const revealedValueSchema = z.object({
  encoding: z.enum(['text', 'base64']),
  value: z.string(),
  bytes: z.number().int().nonnegative(),
});
export type RevealedValue = z.infer<typeof revealedValueSchema>;

const certificateShape = {
  subject: z.string(),
  issuer: z.string(),
  /** ISO 8601. */
  notBefore: z.string(),
  notAfter: z.string(),
};

/** What a certificate says in public. */
export const certificateSchema = z.object({
  /** The key of the Secret that holds it. */
  key: z.string(),
  ...certificateShape,
  /** DNS names and addresses that it is for. */
  names: z.array(z.string()),
  /** Whether the private key beside it belongs to it; null where there is none. */
  keyMatches: z.boolean().nullable(),
  /** Those that come after it in the same key, as a server sends them. */
  chain: z.array(z.object(certificateShape)),
});
export type Certificate = z.infer<typeof certificateSchema>;

export const certificateListSchema = z.object({
  certificates: z.array(certificateSchema),
  /** Why a key could not be read as one. */
  unread: z.array(z.object({ key: z.string(), reason: z.string() })),
});
export type CertificateList = z.infer<typeof certificateListSchema>;
