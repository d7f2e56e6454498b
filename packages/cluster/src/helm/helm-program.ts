import { AppError } from '@quarterdeck/contract';
import { runProgram } from '../credentials/run-program.ts';
import type { HelmFlavour } from './helm-arguments.ts';
import type { Environment } from './helm-environment.ts';

export interface HelmProgram extends HelmFlavour {
  command: string;
  /** `v4.1.4`. */
  version: string;
}

const oldestMajor = 3;

/** The Helm of this machine: `HELM` of the environment, or `helm` on the PATH. Throws UNSUPPORTED with how to get one. */
export async function findHelm(environment: Environment, signal: AbortSignal): Promise<HelmProgram> {
  const command = environment.HELM || 'helm';
  const { PATH, HOME } = environment;
  const end = await runProgram({
    command,
    args: ['version', '--template={{.Version}}'],
    environment: { PATH, HOME, KUBECONFIG: '' },
    timeoutMs: 10_000,
    maxOutputBytes: 10_000,
    signal,
  });
  if (end.state === 'aborted') throw new AppError('CANCELLED', 'The call was cancelled.');
  if (end.state !== 'exited' || end.exitCode !== 0) throw missing(command, environment.HELM !== undefined, end.state === 'notStarted' ? end.code : null);
  const version = end.stdout.trim();
  const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
  if (major >= oldestMajor) return { command, version, major };
  throw new AppError('UNSUPPORTED', `Helm ${version || 'of an unknown version'} is too old or is not Helm: version 3.14 or newer is needed.`, {
    hint: howToGet,
  });
}

const howToGet =
  'Install Helm 3.14 or newer (`brew install helm`, `winget install Helm.Helm`, `apt-get install helm` or helm.sh/docs/intro/install), or name its program with HELM.';

function missing(command: string, chosen: boolean, code: string | null): AppError {
  const message = chosen
    ? `HELM names ${command}, which does not run${code === null ? '' : ` (${code})`}.`
    : 'Changing releases needs the helm program, and there is none on this machine.';
  return new AppError('UNSUPPORTED', message, { hint: howToGet, details: { command, ...(code === null ? {} : { code }) } });
}
