import * as z from 'zod';

const text = z.string();
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with https:// or http://' });

export const clusterSchema = z.object({
  server: httpUrl,
  'certificate-authority': text.nullish(),
  'certificate-authority-data': text.nullish(),
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text.nullish(),
  'proxy-url': text.nullish(),
  'disable-compression': z.boolean().nullish(),
  extensions: z.array(z.object({ name: text, extension: z.unknown() })).nullish(),
});
export type ClusterEntry = z.infer<typeof clusterSchema>;

const execSchema = z.object({
  apiVersion: text.nullish(),
  command: text.min(1),
  args: z.array(text).nullish(),
  env: z.array(z.object({ name: text.min(1), value: text })).nullish(),
  installHint: text.nullish(),
  provideClusterInfo: z.boolean().nullish(),
  /** Mandatory in v1, which we do not insist on: left out, it is IfAvailable as in v1beta1. */
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).nullish(),
});
export type ExecEntry = z.infer<typeof execSchema>;

const authProviderSchema = z.object({ name: text, config: z.record(text, text).nullish() });
export type AuthProviderEntry = z.infer<typeof authProviderSchema>;

export const userSchema = z.object({
  'client-certificate': text.nullish(),
  'client-certificate-data': text.nullish(),
  'client-key': text.nullish(),
  'client-key-data': text.nullish(),
  token: text.nullish(),
  tokenFile: text.nullish(),
  username: text.nullish(),
  password: text.nullish(),
  as: text.nullish(),
  'as-uid': text.nullish(),
  'as-groups': z.array(text).nullish(),
  'as-user-extra': z.record(text, z.array(text)).nullish(),
  exec: execSchema.nullish(),
  'auth-provider': authProviderSchema.nullish(),
});
export type UserEntry = z.infer<typeof userSchema>;

export const contextSchema = z.object({
  cluster: text.min(1),
  user: text.nullish().transform((user) => user ?? ''),
  namespace: text.nullish().transform((namespace) => namespace || 'default'),
});
export type ContextEntry = z.infer<typeof contextSchema>;

/** The frame of a file; entries are checked one by one, so that a bad one does not take the others with it. */
export const fileSchema = z.object({
  'current-context': text.nullish(),
  clusters: z.array(z.unknown()).nullish(),
  users: z.array(z.unknown()).nullish(),
  contexts: z.array(z.unknown()).nullish(),
});
