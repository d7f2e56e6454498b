import { dirname, isAbsolute, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import type { ConnectionSettings, RequestHeaders } from './cluster-context.ts';
import { proxyFromEnvironment } from './environment-proxy.ts';
import type { Located } from './kubeconfig-file.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';

export interface CredentialDependencies {
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read, for clusters without a proxy-url. */
  environment: Readonly<Record<string, string | undefined>>;
  readFile(path: string): Promise<Uint8Array>;
  /** Epoch milliseconds. */
  now(): number;
}

/** The kubelet rotates projected tokens in place; client-go re-reads them this often as well. */
const tokenLifetimeMs = 60_000;

/** Reads what a context's cluster and user entries point at. Errors: KUBECONFIG_INVALID, UNSUPPORTED. */
export async function readConnection(
  cluster: Located<ClusterEntry>,
  user: Located<UserEntry> | null,
  dependencies: CredentialDependencies,
): Promise<ConnectionSettings> {
  if (user !== null) refuseUnsupported(user);
  const pem = (entry: Located<unknown>, data: string | null | undefined, file: string | null | undefined) => readPem(entry, data, file, dependencies);
  const certificateAuthority = await pem(cluster, cluster.value['certificate-authority-data'], cluster.value['certificate-authority']);
  const insecureSkipTlsVerify = cluster.value['insecure-skip-tls-verify'] === true;
  if (insecureSkipTlsVerify && certificateAuthority !== null) {
    throw invalid(
      cluster,
      'a cluster has both a certificate authority and insecure-skip-tls-verify',
      'Remove insecure-skip-tls-verify: with the certificate authority it is not needed.',
    );
  }
  return {
    server: cluster.value.server,
    certificateAuthority,
    insecureSkipTlsVerify,
    tlsServerName: cluster.value['tls-server-name'] || null,
    proxyUrl: readProxyUrl(cluster, dependencies),
    clientCertificate: user && (await pem(user, user.value['client-certificate-data'], user.value['client-certificate'])),
    clientKey: user && (await pem(user, user.value['client-key-data'], user.value['client-key'])),
    headers: headersOf(user, dependencies),
  };
}

/** As client-go: a plug-in is used only where nothing else says who the user is. */
function refuseUnsupported(user: Located<UserEntry>): void {
  const { exec, token, tokenFile, username } = user.value;
  const provider = user.value['auth-provider'];
  const otherwise = token || tokenFile || username || user.value['client-certificate'] || user.value['client-certificate-data'];
  if (otherwise || (!exec && !provider)) return;
  const what = exec ? `the credential plug-in ${exec.command}` : `the auth-provider ${provider?.name ?? ''}`;
  throw new AppError('UNSUPPORTED', `This context logs in with ${what}, which is not supported yet.`, {
    hint: 'Use a context with a client certificate or a token, for example one of a ServiceAccount (kubectl create token NAME).',
    details: { file: user.file, line: user.line },
  });
}

function readProxyUrl(cluster: Located<ClusterEntry>, { environment }: CredentialDependencies): string | null {
  const url = cluster.value['proxy-url'] || proxyFromEnvironment(cluster.value.server, environment);
  if (!url) return null;
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return url;
  if (protocol === undefined) throw invalid(cluster, 'the proxy of this cluster is not a URL', 'Write proxy-url, or HTTPS_PROXY, as http://host:port.');
  throw new AppError('UNSUPPORTED', `The proxy of this cluster uses ${protocol}//, which is not supported.`, { hint: 'Use an http:// or https:// proxy.' });
}

async function readPem(
  entry: Located<unknown>,
  data: string | null | undefined,
  file: string | null | undefined,
  dependencies: CredentialDependencies,
): Promise<string | null> {
  if (data) return Buffer.from(data, 'base64').toString('utf8');
  if (!file) return null;
  return readText(entry, file, dependencies);
}

async function readText(entry: Located<unknown>, file: string, dependencies: CredentialDependencies): Promise<string> {
  const path = isAbsolute(file) ? file : join(dirname(entry.file), file);
  try {
    return Buffer.from(await dependencies.readFile(path)).toString('utf8');
  } catch (thrown) {
    throw invalid(entry, `${path} can't be read`, 'Check that the file exists and that you may read it.', thrown);
  }
}

function headersOf(user: Located<UserEntry> | null, dependencies: CredentialDependencies): () => Promise<RequestHeaders> {
  if (user === null) return async () => ({});
  const fixed = { ...impersonationHeaders(user.value), ...fixedAuthorization(user.value) };
  const { tokenFile } = user.value;
  if (!tokenFile) return async () => fixed;
  let cached: { token: string; readAt: number } | null = null;
  return async () => {
    if (cached === null || dependencies.now() - cached.readAt >= tokenLifetimeMs) {
      cached = { token: (await readText(user, tokenFile, dependencies)).trim(), readAt: dependencies.now() };
    }
    return { ...fixed, authorization: `Bearer ${cached.token}` };
  };
}

function fixedAuthorization(user: UserEntry): RequestHeaders {
  if (user.token) return { authorization: `Bearer ${user.token}` };
  if (!user.username) return {};
  return { authorization: `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}` };
}

/** Leaving these out would act with more rights than the kubeconfig means to give. */
function impersonationHeaders(user: UserEntry): RequestHeaders {
  if (!user.as) return {};
  const headers: RequestHeaders = { 'impersonate-user': user.as };
  if (user['as-uid']) headers['impersonate-uid'] = user['as-uid'];
  if (user['as-groups']?.length) headers['impersonate-group'] = user['as-groups'];
  for (const [key, values] of Object.entries(user['as-user-extra'] ?? {})) headers[`impersonate-extra-${encodeURIComponent(key)}`] = values;
  return headers;
}

function invalid(entry: Located<unknown>, what: string, hint: string, cause?: unknown): AppError {
  const at = entry.line === null ? entry.file : `${entry.file}, line ${entry.line}`;
  return new AppError('KUBECONFIG_INVALID', `${at}: ${what}.`, { hint, cause });
}
