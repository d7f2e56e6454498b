/** The system's store for secrets: Keychain, Credential Manager, Secret Service. */
export interface Keychain {
  /** Whether it can be used here, found out by using it: on servers and in containers there is none. */
  works(): Promise<boolean>;
  read(account: string): Promise<string | null>;
  write(account: string, secret: string): Promise<void>;
  /** Whether there was one. */
  delete(account: string): Promise<boolean>;
}

const service = 'quarterdeck';

/** The keychain of this machine. Its native part is loaded when it is first asked, and may be missing. */
export function systemKeychain(): Keychain {
  const entry = async (account: string) => new (await import('@napi-rs/keyring')).AsyncEntry(service, account);
  return {
    async works() {
      try {
        const probe = await entry('probe');
        await probe.setPassword('works');
        const back = await probe.getPassword();
        await probe.deletePassword();
        return back === 'works';
      } catch {
        return false; // Whatever is wrong with it, a file does.
      }
    },
    read: async (account) => (await (await entry(account)).getPassword()) ?? null,
    write: async (account, secret) => (await entry(account)).setPassword(secret),
    async delete(account) {
      const one = await entry(account);
      return (await one.getPassword()) !== undefined && one.deletePassword();
    },
  };
}
