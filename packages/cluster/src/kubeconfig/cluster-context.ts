import type { CredentialSource } from '../credentials/credentials.ts';

export type RequestHeaders = Record<string, string | string[]>;

/** Everything the transport needs to reach one API server. What may change while it is in use is asked for anew, and no path is in it. */
export interface ConnectionSettings {
  /** With a path where the server sits behind a gateway, e.g. `https://rancher.example/k8s/clusters/c-1`. */
  server: string;
  insecureSkipTlsVerify: boolean;
  tlsServerName: string | null;
  proxyUrl: string | null;
  /** Whom to act as. */
  impersonation: RequestHeaders;
  credentials: CredentialSource;
  /** PEM text; null trusts what the system trusts. */
  certificateAuthority(): Promise<string | null>;
}

/**
 * One context of the kubeconfig. Plain fields are safe to show and to serialise; credentials stay behind
 * `connection`, which reads them only when the context is used.
 */
export interface ClusterContext {
  /** The context's name. */
  id: string;
  cluster: string;
  user: string;
  namespace: string;
  server: string;
  /**
   * Sends nothing and runs nothing. Throws KUBECONFIG_INVALID (a file that can't be read), UNSUPPORTED (a login that
   * is not supported) and FORBIDDEN (a kubeconfig that is not trusted names a program or a file).
   */
  connection(): Promise<ConnectionSettings>;
}

/** Something in a kubeconfig file that a person has to mend. */
export interface KubeconfigProblem {
  file: string;
  /** Counted from 1; null where the file could not be read at all. */
  line: number | null;
  message: string;
  hint: string;
}

export interface Kubeconfig {
  contexts: ClusterContext[];
  /** Null where none is set or the one that is set does not exist: nothing is guessed. */
  currentContext: string | null;
  problems: KubeconfigProblem[];
}
