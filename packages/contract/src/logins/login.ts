import * as z from 'zod';

/** What an imported kubeconfig wants to run and read on this machine, exactly. */
export const loginConsentSchema = z.object({
  /** Of exactly this: whatever changes, it is another one. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  /** The program with its arguments; null where none is run. */
  command: z.array(z.string()).nullable(),
  /** What the program gets besides the environment; a null value is a secret that the kubeconfig holds. */
  environment: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  /** Absolute paths: tokens, certificates, keys. */
  files: z.array(z.string()),
  /** Who gets what they say. */
  server: z.string(),
  /** What the way to the server goes through, without its password; null for what the kubeconfig does not name. */
  proxy: z.string().nullable(),
  /** False where the kubeconfig wants the server's certificate not to be checked: anybody between may then be the server. */
  serverChecked: z.boolean(),
});
export type LoginConsent = z.infer<typeof loginConsentSchema>;

/**
 * What a person can do about the login of a cluster. `browser`: log in at the issuer. `consent`: allow what the
 * kubeconfig wants. `program`: do what the plug-in that runs now says; it stands in the state of the cluster.
 * `none`: nothing from here; the state of the cluster says what to do.
 */
export const loginOfferSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('browser'),
    issuer: z.string(),
    server: z.string(),
    /** Whether the login that was begun last still waits for its person. */
    waiting: z.boolean(),
    /** Why the login that was begun last came to nothing; null where it did not. */
    failure: z.string().nullable(),
  }),
  z.object({ kind: z.literal('consent'), consent: loginConsentSchema }),
  z.object({ kind: z.literal('program') }),
  z.object({ kind: z.literal('none') }),
]);
export type LoginOffer = z.infer<typeof loginOfferSchema>;

/** A login that waits for its person. */
export const startedLoginSchema = z.object({
  /** To open in a browser on this machine. */
  url: z.url({ protocol: /^https?$/ }),
  issuer: z.string(),
  /** Who gets the token. */
  server: z.string(),
  /** ISO 8601. */
  expiresAt: z.string(),
});
export type StartedLogin = z.infer<typeof startedLoginSchema>;
