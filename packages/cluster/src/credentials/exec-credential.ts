import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as z from 'zod';
import type { ClusterEntry } from '../kubeconfig/kubeconfig-schema.ts';

/** v1alpha1 went away with Kubernetes 1.24. */
export const execApiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const;
export type ExecApiVersion = (typeof execApiVersions)[number];

/** The extension of a cluster entry that is meant for its plug-in. */
const clusterConfigExtension = 'client.authentication.k8s.io/exec';

/** The value of KUBERNETES_EXEC_INFO: what a plug-in is told; `cluster` is null unless the user entry asks to provide it. */
export function execInfo(apiVersion: ExecApiVersion, cluster: ClusterEntry | null, certificateAuthority: string | null, interactive: boolean): string {
  const spec = { interactive, ...(cluster === null ? {} : { cluster: clusterInfo(cluster, certificateAuthority) }) };
  return JSON.stringify({ apiVersion, kind: 'ExecCredential', spec });
}

function clusterInfo(cluster: ClusterEntry, certificateAuthority: string | null): Record<string, unknown> {
  const config = cluster.extensions?.find(({ name }) => name === clusterConfigExtension)?.extension;
  const fields = {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': certificateAuthority && Buffer.from(certificateAuthority).toString('base64'),
    'proxy-url': cluster['proxy-url'],
    'disable-compression': cluster['disable-compression'],
    config,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false));
}

const text = z.string().nullish();
const outputSchema = z.object({
  apiVersion: z.string().optional(),
  kind: z.literal('ExecCredential').optional(),
  status: z
    .object({ token: text, clientCertificateData: text, clientKeyData: text, expirationTimestamp: z.iso.datetime({ offset: true }).nullish() })
    .nullish(),
});

export interface ExecCredential {
  token: string | null;
  clientCertificate: string | null;
  clientKey: string | null;
  /** Epoch milliseconds. */
  expiresAt: number | null;
}

/** What a plug-in wrote, or what is wrong with it as the end of "the plug-in …". Nothing of the output is repeated: it may hold a token. */
export function parseExecCredential(stdout: string, apiVersion: ExecApiVersion): ExecCredential | { wrong: string } {
  const parsed = outputSchema.safeParse(parseJson(stdout));
  if (!parsed.success) return { wrong: 'did not write an ExecCredential in JSON' };
  const { status } = parsed.data;
  if (parsed.data.apiVersion !== apiVersion) return { wrong: `answers in ${knownVersion(parsed.data.apiVersion)}, and the kubeconfig asks for ${apiVersion}` };
  if (!status) return { wrong: 'wrote an ExecCredential without a status' };
  const credential = {
    token: status.token?.trim() || null,
    clientCertificate: status.clientCertificateData || null,
    clientKey: status.clientKeyData || null,
    expiresAt: status.expirationTimestamp ? Date.parse(status.expirationTimestamp) : null,
  };
  const wrong = faultOf(credential);
  return wrong === null ? credential : { wrong };
}

function faultOf({ token, clientCertificate, clientKey }: ExecCredential): string | null {
  if (token === null && clientCertificate === null && clientKey === null) return 'gave neither a token nor a certificate';
  if ((clientCertificate === null) !== (clientKey === null)) return 'gave a certificate or a key, and not both';
  if (token !== null && !/^[\x21-\x7e]+$/.test(token)) return 'gave a token with characters that no token has';
  if (clientCertificate !== null && clientKey !== null && !belongTogether(clientCertificate, clientKey)) {
    return 'gave a certificate and a key that are not PEM or do not belong together';
  }
  return null;
}

function belongTogether(certificate: string, key: string): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false; // Not PEM; the reason could quote the key.
  }
}

/** The error of JSON.parse quotes its input, so it goes no further. */
function parseJson(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

function knownVersion(apiVersion: string | undefined): string {
  return apiVersion !== undefined && /^client\.authentication\.k8s\.io\/\w{1,20}$/.test(apiVersion) ? apiVersion : 'another apiVersion';
}
