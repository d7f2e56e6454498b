import { AppError } from '@quarterdeck/contract';

type Sentence = (server: string) => { message: string; hint: string };

const untrusted: Sentence = (server) => ({
  message: `The certificate of ${server} is not signed by an authority that this kubeconfig trusts.`,
  hint: 'Check certificate-authority-data of this cluster: the cluster may have been made anew, or a proxy is in between.',
});
const timedOut: Sentence = (server) => ({
  message: `${server} did not answer in time.`,
  hint: 'Check the network: a VPN that is off, a firewall, a cluster that is stopped.',
});
const noHost: Sentence = (server) => ({
  message: `There is no host of the name in ${server}.`,
  hint: 'Check the server address in the kubeconfig and your DNS or VPN.',
});
const noWay: Sentence = (server) => ({ message: `There is no way to ${server} from here.`, hint: 'Check the network: a VPN that is off, a missing route.' });
const broken: Sentence = (server) => ({
  message: `The connection to ${server} broke off.`,
  hint: 'The API server or a proxy before it may be restarting; try again.',
});
const badClientKey: Sentence = () => ({
  message: 'The client certificate or key in the kubeconfig is not usable.',
  hint: 'Check client-certificate and client-key of this user: both PEM, and belonging together.',
});
const proxyFailed: Sentence = (server) => ({
  message: `The proxy did not open a way to ${server}.`,
  hint: 'Check proxy-url of this cluster and whether the proxy allows this host.',
});

/** Node's, OpenSSL's and undici's codes for what may happen before a response is there. */
const sentences: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: (server) => ({
    message: `${server} refused the connection: nothing listens there.`,
    hint: 'Check that the cluster runs and that the server address and port are right.',
  }),
  ENOTFOUND: noHost,
  EAI_AGAIN: (server) => ({ message: `The name in ${server} could not be looked up: DNS does not answer.`, hint: 'Check the network and DNS.' }),
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  ETIMEDOUT: timedOut,
  UND_ERR_CONNECT_TIMEOUT: timedOut,
  UND_ERR_HEADERS_TIMEOUT: timedOut,
  UND_ERR_BODY_TIMEOUT: timedOut,
  ECONNRESET: broken,
  EPIPE: broken,
  UND_ERR_SOCKET: broken,
  HPE_INVALID_CONSTANT: (server) => ({
    message: `${server} does not speak HTTP.`,
    hint: 'Check the scheme and port of the server address: https:// for an API server.',
  }),
  ERR_SSL_WRONG_VERSION_NUMBER: (server) => ({
    message: `${server} does not speak TLS.`,
    hint: 'Check the scheme and port of the server address: this looks like plain http.',
  }),
  CERT_HAS_EXPIRED: (server) => ({
    message: `The certificate of ${server} has expired.`,
    hint: 'Renew the certificate of the API server (kubeadm certs renew, or the provider).',
  }),
  CERT_NOT_YET_VALID: (server) => ({ message: `The certificate of ${server} is not valid yet.`, hint: 'Check the clock of this machine.' }),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: (server) => ({
    message: `The certificate of ${server} is for other names.`,
    hint: 'Use a server address that the certificate names, or set tls-server-name in the kubeconfig.',
  }),
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: badClientKey,
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: badClientKey,
  ERR_OSSL_PEM_NO_START_LINE: badClientKey,
  ERR_OSSL_UNSUPPORTED: badClientKey,
  // What undici says of a proxy that answers CONNECT with anything but 200; our own aborts never come here.
  UND_ERR_ABORTED: proxyFailed,
  UND_ERR_PRX_TLS: proxyFailed,
  UND_ERR_PRX_CONN: proxyFailed,
};

/** What was thrown while talking to the server, as CLUSTER_UNREACHABLE with a plain sentence. */
export function connectionError(thrown: unknown, server: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const codes = codesOf(thrown);
  for (const code of codes) {
    const sentence = sentences[code];
    if (sentence === undefined) continue;
    const { message, hint } = sentence(server);
    return new AppError('CLUSTER_UNREACHABLE', message, { hint, details: { server, code }, cause: thrown });
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('CLUSTER_UNREACHABLE', `${server} could not be reached: ${reason.replace(/\.$/, '')}.`, {
    hint: 'Check the server address in the kubeconfig and the network.',
    details: { server, ...(codes[0] === undefined ? {} : { code: codes[0] }) },
    cause: thrown,
  });
}

/** The signal's own words: a deadline is TIMEOUT, everything else CANCELLED. */
export function abortError(signal: AbortSignal): AppError {
  const { reason } = signal;
  if (reason instanceof AppError) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError')
    return new AppError('TIMEOUT', 'The cluster did not answer within the time allowed.', { hint: 'Try again.', cause: reason });
  return new AppError('CANCELLED', 'The call was cancelled.', { cause: reason });
}

/** An error, its causes and, for several addresses tried at once, the errors of each. */
function codesOf(thrown: unknown, depth = 0): string[] {
  if (!(thrown instanceof Error) || depth > 5) return [];
  const own = 'code' in thrown && typeof thrown.code === 'string' ? [thrown.code] : [];
  const inner = thrown instanceof AggregateError ? thrown.errors.flatMap((error) => codesOf(error, depth + 1)) : [];
  return [...own, ...inner, ...codesOf(thrown.cause, depth + 1)];
}
