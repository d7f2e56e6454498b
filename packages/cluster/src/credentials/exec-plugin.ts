import { basename, dirname, resolve, sep } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import type { Located } from '../kubeconfig/kubeconfig-file.ts';
import type { ClusterEntry, ExecEntry } from '../kubeconfig/kubeconfig-schema.ts';
import type { Obtained } from './credential-cache.ts';
import type { Refusal } from './credentials.ts';
import { type ExecApiVersion, type ExecCredential, execApiVersions, execInfo, parseExecCredential } from './exec-credential.ts';
import { lastLines, lastSentence } from './plugin-output.ts';
import type { ProgramEnd, RunProgram } from './run-program.ts';

export interface ExecPluginDependencies {
  /** The plug-in gets it whole, as from kubectl. */
  environment: Readonly<Record<string, string | undefined>>;
  runProgram: RunProgram;
}

/** As long as a person who logs in in a browser may take. */
const timeoutMs = 60_000;
const maxOutputBytes = 1024 * 1024;
/** Names of variables whose values are kept out of messages. */
const secretName = /token|secret|password|key/i;

/**
 * A credential plug-in of the kubeconfig (client.authentication.k8s.io v1 and v1beta1), run as kubectl runs it where
 * there is no terminal. See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export class ExecPlugin {
  private readonly entry: Located<ExecEntry>;
  private readonly apiVersion: ExecApiVersion;
  private readonly command: string;
  private readonly dependencies: ExecPluginDependencies;

  /** Throws UNSUPPORTED (another API version, a plug-in that needs a terminal). */
  constructor(entry: Located<ExecEntry>, dependencies: ExecPluginDependencies) {
    this.entry = entry;
    this.apiVersion = supportedVersion(entry);
    this.command = resolveCommand(entry);
    this.dependencies = dependencies;
  }

  /** Runs the program. Throws CLUSTER_AUTH_FAILED with the last lines it wrote to standard error. */
  async obtain(cluster: ClusterEntry, certificateAuthority: string | null, signal: AbortSignal): Promise<Obtained> {
    const { args, env, provideClusterInfo } = this.entry.value;
    const variables = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
    const info = execInfo(this.apiVersion, provideClusterInfo === true ? cluster : null, certificateAuthority);
    const environment = { ...this.dependencies.environment, ...variables, KUBERNETES_EXEC_INFO: info };
    const end = await this.dependencies.runProgram({ command: this.command, args: args ?? [], environment, timeoutMs, maxOutputBytes, signal });
    if (end.state !== 'exited' || end.exitCode !== 0) throw this.failure(end);
    const credential = parseExecCredential(end.stdout, this.apiVersion);
    const stderr = this.readable(end.stderr, 'wrong' in credential ? [] : secretsOf(credential));
    if ('wrong' in credential) throw this.error(`The credential plug-in ${this.name} ${credential.wrong}.`, this.loginHint(), stderr);
    return { credentials: this.credentials(credential, stderr), expiresAt: credential.expiresAt };
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
    const login = 'Log in as for kubectl (any kubectl command on this context shows whether it works), then try again.';
    return this.installHint === null ? login : `${login} ${this.installHint}`;
  }

  /** The kubeconfig's own words to people. */
  private get installHint(): string | null {
    return lastLines(this.entry.value.installHint ?? '').replaceAll('\n', ' ') || null;
  }

  private readable(stderr: string, secrets: readonly string[] = []): string {
    const variables = (this.entry.value.env ?? []).filter(({ name }) => secretName.test(name)).map(({ value }) => value);
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

function supportedVersion({ value, file, line }: Located<ExecEntry>): ExecApiVersion {
  const details = { file, line };
  const found = execApiVersions.find((version) => version === value.apiVersion);
  if (found === undefined) {
    throw new AppError('UNSUPPORTED', `This context's credential plug-in ${value.command} is set up for the API version ${value.apiVersion || '(none)'}.`, {
      hint: `Use ${execApiVersions.join(' or ')}: have your provider's tool write the kubeconfig anew (for example aws eks update-kubeconfig).`,
      details,
    });
  }
  if (value.interactiveMode !== 'Always') return found;
  throw new AppError(
    'UNSUPPORTED',
    `This context's credential plug-in ${value.command} must be run in a terminal (interactiveMode: Always), and there is none here.`,
    {
      hint: 'Set interactiveMode to IfAvailable if the plug-in can do without, or use a context with a token.',
      details,
    },
  );
}

function isPath(command: string): boolean {
  return command.includes('/') || command.includes(sep);
}

/** As kubectl: beside the kubeconfig where the command has a slash, in PATH where it is a mere name. */
function resolveCommand({ value, file }: Located<ExecEntry>): string {
  return isPath(value.command) ? resolve(dirname(file), value.command) : value.command;
}
