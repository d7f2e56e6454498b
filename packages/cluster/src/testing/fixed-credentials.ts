import type { CredentialSource, Credentials } from '../credentials/credentials.ts';

/** Credentials that never change, and that nothing replaces. */
export function fixedCredentials(given: Partial<Credentials>): CredentialSource {
  const credentials = { authorization: null, clientCertificate: null, clientKey: null, refusal: null, ...given };
  return { current: async () => credentials, renew: async () => null };
}
