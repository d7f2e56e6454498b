import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { shellEnvironment } from '../host/environment.ts';
import { type HostPlace, secureFolder } from '../protocol/host-place.ts';

const program = fileURLToPath(new URL('../host/main.ts', import.meta.url));
/** Of what it loads and holds; the screens of many sessions are the most of it. MiB. */
const heap = 1024;

export interface HostProgram {
  place: HostPlace;
  version: string;
  scrollback: number;
  environment: Readonly<Record<string, string | undefined>>;
}

/** Starts a host that goes on without us: a session of its own, nothing of ours open in it. */
export async function spawnHost({ place, version, scrollback, environment }: HostProgram): Promise<void> {
  await secureFolder(place.folder);
  const log = await open(place.log, 'a', 0o600);
  try {
    const args = [`--max-old-space-size=${heap}`, program, '--folder', place.folder, '--version', version, '--scrollback', String(scrollback)];
    const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log.fd, log.fd], env: shellEnvironment(environment), cwd: place.folder });
    child.on('error', () => undefined); // Whoever waits for it finds that nobody listens.
    child.unref();
  } finally {
    await log.close();
  }
}
