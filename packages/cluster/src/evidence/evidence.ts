/**
 * Questions that an analyser may ask beyond what lists and watches show. They are values, so that the engine stays
 * pure: it returns them, a reader answers them, and a recording can keep the answers.
 */
export type EvidenceRequest =
  | { need: 'log'; namespace: string; pod: string; container: string; previous: boolean; lines: number }
  | { need: 'secretShape'; namespace: string; name: string }
  | { need: 'certificate'; namespace: string; name: string; key: string };

/** One line of a log; `at` is null where the line carried no timestamp. */
export interface LogLine {
  at: string | null;
  text: string;
}

/**
 * A value's fingerprint is a hash keyed with a random key of this process: equal values are seen to be equal, and
 * nothing can be looked up from it. The value itself never leaves the reader.
 */
export interface SecretValueShape {
  /** Bytes. */
  length: number;
  fingerprint: string;
  /** The fingerprint of the value after base64 decoding, where the value is itself valid base64 of printable text. */
  decodedFingerprint: string | null;
  /** The fingerprint without surrounding white space; differs from `fingerprint` where there is some. */
  trimmedFingerprint: string;
}

export interface SecretShape {
  type: string;
  keys: Record<string, SecretValueShape>;
}

export interface CertificateFacts {
  subject: string;
  issuer: string;
  /** ISO 8601. */
  notBefore: string;
  notAfter: string;
  /** DNS names and addresses of the subject alternative name. */
  names: string[];
  /** Whether the key beside it (`tls.key`) belongs to it; null where there is none. */
  keyMatches: boolean | null;
  /** Those that come after it in the same text; left out where there are none. */
  chain?: Pick<CertificateFacts, 'subject' | 'issuer' | 'notBefore' | 'notAfter'>[] | undefined;
}

/** What each question is answered with. */
export interface EvidenceValues {
  log: LogLine[];
  secretShape: SecretShape;
  certificate: CertificateFacts;
}

/**
 * `absent` says that there is nothing to be read and nothing was hidden: no log of a previous run, no such key.
 * `refused` says why something may or could not be read: no rights, no answer, over the budget of this run. Both in words for people.
 */
export type EvidenceAnswer<N extends EvidenceRequest['need'] = EvidenceRequest['need']> =
  | { [K in N]: { state: 'answered'; need: K; value: EvidenceValues[K] } }[N]
  | { state: 'absent'; reason: string }
  | { state: 'refused'; reason: string };

/** Answers one request; an absence or a refusal is an ordinary value, never an exception. Only CANCELLED is thrown. */
export interface EvidenceReader {
  read(request: EvidenceRequest, signal: AbortSignal): Promise<EvidenceAnswer>;
}

/** The same question has the same key. */
export function evidenceKey(request: EvidenceRequest): string {
  switch (request.need) {
    case 'log':
      return `log|${request.namespace}|${request.pod}|${request.container}|${request.previous ? 'previous' : 'current'}|${request.lines}`;
    case 'secretShape':
      return `secretShape|${request.namespace}|${request.name}`;
    case 'certificate':
      return `certificate|${request.namespace}|${request.name}|${request.key}`;
  }
}
