import { AppError } from '@quarterdeck/contract';
import type { ConnectionSettings, RequestHeaders } from './cluster-context.ts';
import { type ConsentStore, requireConsent } from './consent.ts';
import { invalidEntry, pemText } from './entry-text.ts';
import { proxyFromEnvironment } from './environment-proxy.ts';
import type { Located } from './kubeconfig-file.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';
import { type LoginDependencies, UserLogins } from './user-logins.ts';

export interface ConnectionDependencies extends LoginDependencies {
  /** What may be run and read all the same where `trusted` is false. Default: nothing. */
  consents?: ConsentStore;
}

/** Reads what cluster and user entries point at. Contexts of one reader share their logins: a plug-in runs once for all of them. */
export class ConnectionReader {
  private readonly dependencies: ConnectionDependencies;
  private readonly logins: UserLogins;

  constructor(dependencies: ConnectionDependencies) {
    this.dependencies = dependencies;
    this.logins = new UserLogins(dependencies);
  }

  /** Errors: see `ClusterContext.connection`. */
  async read(cluster: Located<ClusterEntry>, user: Located<UserEntry> | null): Promise<ConnectionSettings> {
    if (this.dependencies.trusted === false) await requireConsent(cluster, user, this.dependencies.consents);
    const insecureSkipTlsVerify = cluster.value['insecure-skip-tls-verify'] === true;
    const { 'certificate-authority-data': data, 'certificate-authority': file } = cluster.value;
    if (insecureSkipTlsVerify && (data || file)) {
      throw invalidEntry(
        cluster,
        'a cluster has both a certificate authority and insecure-skip-tls-verify',
        'Remove insecure-skip-tls-verify: with the certificate authority it is not needed.',
      );
    }
    const authority = pemText(cluster, data, file, this.dependencies);
    const certificateAuthority = () => authority.text();
    // A file that is missing is told here, and not by the first request.
    await certificateAuthority();
    return {
      server: cluster.value.server,
      insecureSkipTlsVerify,
      tlsServerName: cluster.value['tls-server-name'] || null,
      proxyUrl: readProxyUrl(cluster, this.dependencies),
      impersonation: user === null ? {} : impersonationHeaders(user.value),
      ...(await this.logins.open(user, cluster, certificateAuthority)),
      certificateAuthority,
    };
  }
}

const proxyProtocols = ['http:', 'https:', 'socks5:', 'socks5h:'];

function readProxyUrl(cluster: Located<ClusterEntry>, { environment }: ConnectionDependencies): string | null {
  const url = cluster.value['proxy-url'] || proxyFromEnvironment(cluster.value.server, environment);
  if (!url) return null;
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== undefined && proxyProtocols.includes(protocol)) return url;
  if (protocol === undefined) throw invalidEntry(cluster, 'the proxy of this cluster is not a URL', 'Write proxy-url, or HTTPS_PROXY, as http://host:port.');
  throw new AppError('UNSUPPORTED', `The proxy of this cluster uses ${protocol}//, which is not supported.`, {
    hint: 'Use an http://, https:// or socks5:// proxy.',
  });
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
