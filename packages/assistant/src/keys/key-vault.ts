/** A place that keeps keys safely: the system's keychain, or the encrypted store. Names are `model-key/PROVIDER`. */
export interface KeyVault {
  /** For people: `the keychain`. */
  readonly name: string;
  /** Null where there is none of that name, or no such place on this machine. */
  get(name: string): Promise<string | null>;
  put(name: string, secret: string): Promise<void>;
  /** Whether there was one. */
  delete(name: string): Promise<boolean>;
}

export function vaultName(provider: string): string {
  return `model-key/${provider}`;
}
