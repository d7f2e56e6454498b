import { basename, dirname, resolve, sep } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import type { Located } from '../kubeconfig/kubeconfig-file.ts';
import type { ClusterEntry, ExecEntry } from '../kubeconfig/kubeconfig-schema.ts';
import type { Obtained } from './credential-cache.ts';
import type { Refusal } from './credentials.ts';
import { type ExecApiVersion, type ExecCredential, execApiVersions, execInfo, parseExecCredential } from './exec-credential.ts';
import { hidesValue, lastLines, lastSentence } from './plugin-output.ts';
import type { ProgramEnd, RunProgram } from './run-program.ts';

export interface ExecPluginDependencies {
  /** The plug-in gets it whole, as from kubectl. */
  environment: Readonly<Record<string, string | undefined>>;
  runProgram: RunProgram;
  /** Whether a person sits at the terminal of this process and may be asked things there. */
  terminal?: boolean;
}

export interface PluginCall {
  cluster: ClusterEntry;
  certificateAuthority: string | null;
  signal: AbortSignal;
  say(progress: string): void;
}

/** As long as a person who logs in in a browser may take. */
const timeoutMs = 180_000;
const maxOutputBytes = 1024 * 1024;

/**
 * A credential plug-in of the kubeconfig (client.authentication.k8s.io v1 and v1beta1), run as kubectl runs it. See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export class ExecPlugin {
  private readonly entry: Located<ExecEntry>;
  private readonly apiVersion: ExecApiVersion;
  private readonly command: string;
  private readonly dependencies: ExecPluginDependencies;

  /** Throws UNSUPPORTED (another API version, a plug-in that needs a terminal). */
  constructor(entry: Located<ExecEntry>, dependencies: ExecPluginDependencies) {
    this.entry = entry;
    this.apiVersion = supportedVersion(entry, dependencies.terminal === true);
    this.command = commandPath(entry);
    this.dependencies = dependencies;
  }

  /**
   * Runs the program; `say` is told what it writes to standard error as it does: a page to open, a code to type. Throws
   * CLUSTER_AUTH_FAILED with the last lines of that.
   */
  async obtain({ cluster, certificateAuthority, signal, say }: PluginCall): Promise<Obtained> {
    const { args, env, provideClusterInfo, interactiveMode } = this.entry.value;
    const variables = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
    const terminal = this.dependencies.terminal === true && interactiveMode !== 'Never';
    const info = execInfo(this.apiVersion, provideClusterInfo === true ? cluster : null, certificateAuthority, terminal);
    const environment = { ...this.dependencies.environment, ...variables, KUBERNETES_EXEC_INFO: info };
    const limits = { timeoutMs, maxOutputBytes, signal };
    const onStderr = (text: string) => say(this.progress(text));
    const end = await this.dependencies.runProgram({ command: this.command, args: args ?? [], environment, ...limits, terminal, onStderr });
    if (end.state !== 'exited' || end.exitCode !== 0) throw this.failure(end);
    const credential = parseExecCredential(end.stdout, this.apiVersion);
    const stderr = this.readable(end.stderr, 'wrong' in credential ? [] : secretsOf(credential));
    if ('wrong' in credential) throw this.error(`The credential plug-in ${this.name} ${credential.wrong}.`, this.loginHint(), stderr);
    return { credentials: this.credentials(credential, stderr), expiresAt: credential.expiresAt };
  }

  private progress(stderr: string): string {
    return `The credential plug-in ${this.name} says: ${this.readable(stderr).replaceAll('\n', ' ')}`;
  }

  /** The command as the kubeconfig has it, without its folder. */
  private get name(): string {
    return basename(this.entry.value.command);
  }

  private credentials({ token, clientCertificate, clientKey }: ExecCredential, stderr: string) {
    return { authorization: token === null ? null : `Bearer ${token}`, clientCertificate, clientKey, refusal: this.refusal(stderr) };
  }

  private refusal(stderr: string): Refusal {
    return {
      message: `The cluster does not accept what the credential plug-in ${this.name} gives, also after asking it again${lastSentence(stderr)}.`,
      hint: this.loginHint(),
      details: this.details(stderr),
    };
  }

  private failure(end: ProgramEnd): AppError {
    if (end.state === 'notStarted') return this.notStarted(end.code);
    const stderr = this.readable(end.stderr);
    switch (end.state) {
      case 'exited': {
        const how = end.exitCode === null ? 'was ended by a signal' : `failed with exit code ${end.exitCode}`;
        return this.error(`The credential plug-in ${this.name} ${how}${lastSentence(stderr)}.`, this.loginHint(), stderr);
      }
      case 'timedOut':
        return this.error(
          `The credential plug-in ${this.name} was not ready after ${timeoutMs / 1000} s${lastSentence(stderr)}.`,
          `It may be waiting for you to log in. ${this.loginHint()}`,
          stderr,
        );
      case 'tooMuchOutput':
        return this.error(`The credential plug-in ${this.name} wrote more than 1 MiB: these are no credentials.`, this.loginHint(), stderr);
      case 'aborted':
        return new AppError('CANCELLED', 'The call was cancelled.');
    }
  }

  private notStarted(code: string): AppError {
    const where = isPath(this.command) ? `at ${this.command}` : 'in PATH';
    const message =
      code === 'ENOENT'
        ? `This context logs in with the program ${this.name}, and there is none ${where}.`
        : `The credential plug-in ${this.command} can't be run (${code}).`;
    const install = `Install ${this.name}, or start Quarterdeck from a shell that finds it.`;
    return this.error(message, this.installHint ?? (code === 'ENOENT' ? install : 'Check that you may execute this file.'), '');
  }

  private loginHint(): string {
    const login = 'Log in with `qd login` in a terminal (or as for kubectl), then try again.';
    return this.installHint === null ? login : `${login} ${this.installHint}`;
  }

  /** The kubeconfig's own words to people. */
  private get installHint(): string | null {
    return lastLines(this.entry.value.installHint ?? '').replaceAll('\n', ' ') || null;
  }

  private readable(stderr: string, secrets: readonly string[] = []): string {
    const variables = (this.entry.value.env ?? []).filter(({ name }) => hidesValue(name)).map(({ value }) => value);
    return lastLines(stderr, [...secrets, ...variables]);
  }

  private error(message: string, hint: string, stderr: string): AppError {
    return new AppError('CLUSTER_AUTH_FAILED', message, { hint, details: this.details(stderr) });
  }

  private details(stderr: string): Record<string, unknown> {
    return { plugin: this.entry.value.command, file: this.entry.file, line: this.entry.line, ...(stderr === '' ? {} : { stderr }) };
  }
}

function secretsOf({ token, clientKey }: ExecCredential): string[] {
  return [token, clientKey].filter((secret) => secret !== null);
}

function supportedVersion({ value, file, line }: Located<ExecEntry>, terminal: boolean): ExecApiVersion {
  const details = { file, line };
  const found = execApiVersions.find((version) => version === value.apiVersion);
  if (found === undefined) {
    throw new AppError('UNSUPPORTED', `This context's credential plug-in ${value.command} is set up for the API version ${value.apiVersion || '(none)'}.`, {
      hint: `Use ${execApiVersions.join(' or ')}: have your provider's tool write the kubeconfig anew (for example aws eks update-kubeconfig).`,
      details,
    });
  }
  if (value.interactiveMode !== 'Always' || terminal) return found;
  throw new AppError(
    'UNSUPPORTED',
    `This context's credential plug-in ${value.command} must be run in a terminal (interactiveMode: Always), and there is none here.`,
    {
      hint: 'Use qd in a terminal for this context. Or set interactiveMode to IfAvailable if the plug-in can do without, and log in once with `qd login`.',
      details,
    },
  );
}

function isPath(command: string): boolean {
  return command.includes('/') || command.includes(sep);
}

/** As kubectl: beside the kubeconfig where the command has a slash, in PATH where it is a mere name. */
export function commandPath({ value, file }: Located<ExecEntry>): string {
  return isPath(value.command) ? resolve(dirname(file), value.command) : value.command;
}
