/** What the reader is told where the server refuses credentials that were obtained for the user. */
export interface Refusal {
  message: string;
  hint: string;
  /** Never secrets. */
  details: Record<string, unknown>;
}

/** Who we are, as one request says it. Certificate and key are PEM texts. */
export interface Credentials {
  /** The value of the header; null where the certificate alone speaks. */
  authorization: string | null;
  clientCertificate: string | null;
  clientKey: string | null;
  /** Null where there is nothing to say beyond "not accepted". */
  refusal: Refusal | null;
}

/** Gives the same object as long as nothing of it changed. Errors: KUBECONFIG_INVALID (a file), CLUSTER_AUTH_FAILED (a plug-in, an issuer), CANCELLED. */
export interface CredentialSource {
  current(signal: AbortSignal): Promise<Credentials>;
  /** Others in place of those the server refused; null where there are none to be had now. */
  renew(refused: Credentials, signal: AbortSignal): Promise<Credentials | null>;
  /** A person says that the login works now: an attempt that failed is not waited out. */
  retryNow?(): void;
  /** Told what a login that is under way says to its person (a page to open, a code to type), and null when it is over. Returns what ends that. */
  onProgress?(listener: (text: string | null) => void): () => void;
}
