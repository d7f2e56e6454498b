import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ConsentStore, fileConsentStore } from '../kubeconfig/consent.ts';
import { fileTokenStore, type TokenStore } from './token-store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder for what should survive a restart but is not worth a backup, as the XDG base directories have it. */
export function stateDirectoryOf(environment: Environment): string {
  const state = environment.XDG_STATE_HOME || join(environment.HOME || homedir(), '.local', 'state');
  return environment.QUARTERDECK_STATE || join(state, 'quarterdeck');
}

/** Where logins are remembered: tokens that issuers gave, and what people allowed. */
export function loginStores(stateDirectory: string): { tokens: TokenStore; consents: ConsentStore } {
  const folder = join(stateDirectory, 'logins');
  return { tokens: fileTokenStore(join(folder, 'tokens')), consents: fileConsentStore(join(folder, 'consents')) };
}
