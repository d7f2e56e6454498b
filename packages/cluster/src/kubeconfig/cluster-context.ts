/** What goes with each request for one user; read anew every time, so that rotated token files are picked up. */
export type RequestHeaders = Record<string, string | string[]>;

/** Everything the transport needs to reach one API server. PEM texts, never paths. */
export interface ConnectionSettings {
  /** With a path where the server sits behind a gateway, e.g. `https://rancher.example/k8s/clusters/c-1`. */
  server: string;
  certificateAuthority: string | null;
  insecureSkipTlsVerify: boolean;
  tlsServerName: string | null;
  proxyUrl: string | null;
  clientCertificate: string | null;
  clientKey: string | null;
  /** Authorization and impersonation. */
  headers(): Promise<RequestHeaders>;
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
  /** Throws KUBECONFIG_INVALID (a file that can't be read, a broken key) or UNSUPPORTED (exec, auth-provider). */
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
