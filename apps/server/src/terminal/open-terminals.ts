import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SecretStore } from '@quarterdeck/storage';
import { TerminalHosts } from '@quarterdeck/terminal';
import type { Acts } from '../ledger/acts.ts';
import { checkpointKey } from './checkpoint-key.ts';
import { TerminalDesk } from './terminal-desk.ts';
import type { TerminalOptions } from './terminal-options.ts';

export interface TerminalsWorld {
  stateDirectory: string;
  environment: Readonly<Record<string, string | undefined>>;
  version: string;
  secrets(): Promise<SecretStore>;
  acts: Acts;
}

/** Nobody who did not say so gets shells: tests and other programs open services as well. */
const none: TerminalOptions = { enabled: false, shell: '/bin/sh', scrollback: 5000, kubeconfigs: [] };

export function openTerminals(options: TerminalOptions | undefined, { stateDirectory, environment, version, secrets, acts }: TerminalsWorld): TerminalDesk {
  const chosen = options ?? none;
  let key: Promise<string> | null = null;
  const keyOnce = () => {
    key ??= checkpointKey(secrets, Date.now);
    key.catch(() => {
      key = null; // The next one who needs it tries again.
    });
    return key;
  };
  const folder = join(stateDirectory, 'terminal');
  const hosts = new TerminalHosts({ folder, version, scrollback: chosen.scrollback, environment, key: keyOnce, wait });
  return new TerminalDesk({ ...chosen, hosts, acts, path: environment.PATH ?? '' });
}
