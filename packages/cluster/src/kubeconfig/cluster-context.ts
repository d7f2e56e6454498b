import type { BrowserLogin } from '../credentials/browser-login.ts';
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
  /** Where a person can log in anew in a browser. */
  login?: BrowserLogin;
  /** PEM text; null trusts what the system trusts. */
  certificateAuthority(): Promise<string | null>;
}

/**
 * `kubeconfig`: what kubectl would read as well. `folder`: a file of a folder that was named in place of a file.
 * `uploaded`: a file that somebody brought, which is not trusted. `serviceAccount`: that of the pod we run in.
 */
export type KubeconfigOrigin = 'kubeconfig' | 'folder' | 'uploaded' | 'serviceAccount';

/**
 * One context of the kubeconfig. Plain fields are safe to show and to serialise; credentials stay behind
 * `connection`, which reads them only when the context is used.
 */
export interface ClusterContext {
  /** The context's name; `name@file` for one of an uploaded file, and for one of a folder whose name is not the only one. */
  id: string;
  /** As its file has it. */
  name: string;
  /** Where it is defined. */
  file: string;
  origin: KubeconfigOrigin;
  cluster: string;
  user: string;
  namespace: string;
  server: string;
  /** Two contexts with the same one have the same connection: server, login and where both are read from. A digest. */
  fingerprint: string;
  /** The files that cluster and user entry name: tokens, certificates. Absolute paths. */
  namedFiles: readonly string[];
  /**
   * Sends nothing and runs nothing. Throws KUBECONFIG_INVALID (a file that can't be read), UNSUPPORTED (a login that
   * is not supported) and FORBIDDEN with `details.consent` (a kubeconfig that is not trusted names a program or a
   * file, and nobody allowed it yet).
   */
  connection(): Promise<ConnectionSettings>;
}

/** What opening a cluster needs of a context. */
export type ReachableContext = Pick<ClusterContext, 'id' | 'server' | 'connection'>;

/** Something in a kubeconfig file that a person has to mend. */
export interface KubeconfigProblem {
  file: string;
  /** Counted from 1; null where the file could not be read at all. */
  line: number | null;
  message: string;
  hint: string;
}

/** One file that was read, or should have been. */
export interface KubeconfigFileSummary {
  path: string;
  origin: KubeconfigOrigin;
  /** Ids of the contexts that are defined here, those that an earlier file hides left out. */
  contexts: string[];
}

export interface Kubeconfig {
  files: KubeconfigFileSummary[];
  contexts: ClusterContext[];
  /** Null where none is set or the one that is set does not exist: nothing is guessed. */
  currentContext: string | null;
  problems: KubeconfigProblem[];
}
