import { writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import {
  type ActDraft,
  type ActEnd,
  type ActLog,
  AppError,
  type HelmEvent,
  type HelmPreview,
  type HelmRevision,
  type HelmTarget,
  toAppError,
} from '@quarterdeck/contract';
import { isMap, parseDocument } from 'yaml';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { words } from '../acts/kubectl-command.ts';
import { endQuietly } from '../acts/record-act.ts';
import { runProgram } from '../credentials/run-program.ts';
import { type ChildCluster, withChildKubeconfig } from '../proxy/child-kubeconfig.ts';
import { onlyReads, type RequestInfo } from '../proxy/request-info.ts';
import { redactText } from '../redaction/redact-text.ts';
import { Concealer, isHidden } from './concealer.ts';
import { parseRelease } from './decode-release.ts';
import { EventQueue } from './event-queue.ts';
import { type HelmOperation, helmArguments, previewArguments } from './helm-arguments.ts';
import { type Environment, helmEnvironment } from './helm-environment.ts';
import { findHelm } from './helm-program.ts';
import type { HelmReleases } from './helm-releases.ts';
import { listRecords } from './list-records.ts';
import { runHelm } from './run-helm.ts';

export interface HelmMachine {
  /** Of this process; what of it Helm gets is a short list. */
  environment: Environment;
  platform: NodeJS.Platform;
  /** Where `./chart` begins; left out, charts in folders are named by absolute paths. */
  workingDirectory?: string;
  /** Decides on every call of Helm to the API server; see `openLoopbackProxy`. */
  authorize(info: RequestInfo): AppError | null | Promise<AppError | null>;
}

const maxPreviewBytes = 64 * 1024 * 1024;

/**
 * Runs one operation with the helm program; it speaks to the cluster through a proxy of its own and sees no
 * credential. What is wrong before it starts throws: READ_ONLY, UNSUPPORTED (no Helm), VALIDATION_ERROR; what goes
 * wrong later is the last event. Aborting asks Helm to stop in an orderly way. It is written down whether anybody reads the events or not.
 */
export async function helmEvents(
  access: ClusterAccess,
  wanted: HelmOperation,
  machine: HelmMachine,
  { acts, signal }: { acts: ActLog; signal: AbortSignal },
): Promise<AsyncIterable<HelmEvent>> {
  apiOf(access);
  const operation = withLocalChart(wanted, machine);
  const values = valuesOf(operation);
  const program = await findHelm(machine.environment, signal);
  const storage = await storageOf(access, operation.input, signal);
  const queue = new EventQueue<HelmEvent>();
  const onCall = ({ info, status }: { info: RequestInfo; status: number }) => {
    if (info.resource !== null && !onlyReads(info)) queue.push(calledEvent(info, status));
  };
  const hearing = new Hearing(values, (event) => queue.push(event));
  const run = async (child: ChildCluster) => {
    const valuesFile = await writeValues(child, values);
    return runHelm({
      command: program.command,
      args: helmArguments(operation, valuesFile, program),
      environment: { ...helmEnvironment(machine.environment, child.folder, storage, machine.platform), ...child.environment },
      workingDirectory: child.folder,
      signal,
      onLine: (stream, text) => hearing.hear(stream, text),
    });
  };
  const act = await acts.begin(helmDraft(operation, program));
  withChildKubeconfig(access, { authorize: machine.authorize, onCall, namespace: operation.input.namespace }, run)
    .then(
      (exitCode) => endOf(operation, exitCode, hearing.errors, signal),
      (thrown: unknown): EndedEvent => ({ type: 'ended', succeeded: false, message: toAppError(thrown).message }),
    )
    .then(async (last) => {
      await endQuietly(act, helmEnd(last, signal)); // Helm has ended, and whoever watches must hear how.
      queue.push(last);
    })
    .finally(() => queue.end());
  return queue.read();
}

/**
 * What an install or upgrade would send, compared with the present revision. The server checks it (a dry run), and the
 * proxy lets nothing through that would change something. Throws UNSUPPORTED, VALIDATION_ERROR, and CLUSTER_ERROR with Helm's words.
 */
export async function helmPreview(
  access: ClusterAccess,
  releases: HelmReleases,
  wanted: Extract<HelmOperation, { do: 'install' | 'upgrade' }>,
  machine: HelmMachine,
  signal: AbortSignal,
): Promise<HelmPreview> {
  apiOf(access);
  const operation = withLocalChart(wanted, machine);
  const values = valuesOf(operation);
  const program = await findHelm(machine.environment, signal);
  const storage = await storageOf(access, operation.input, signal);
  const authorize = async (info: RequestInfo) => (onlyReads(info) ? machine.authorize(info) : new AppError('FORBIDDEN', 'A preview changes nothing.'));
  const end = await withChildKubeconfig(access, { authorize, namespace: operation.input.namespace }, async (child) =>
    runProgram({
      command: program.command,
      args: previewArguments(operation, await writeValues(child, values), program),
      environment: { ...helmEnvironment(machine.environment, child.folder, storage, machine.platform), ...child.environment },
      workingDirectory: child.folder,
      timeoutMs: operation.input.timeoutSeconds * 1_000,
      maxOutputBytes: maxPreviewBytes,
      signal,
    }),
  );
  if (end.state === 'aborted') throw new AppError('CANCELLED', 'The call was cancelled.');
  if (end.state === 'timedOut') throw new AppError('TIMEOUT', 'Helm did not answer in time.', { hint: 'Fetching the chart may be slow: give it more time.' });
  if (end.state !== 'exited' || end.exitCode !== 0) throw failed(end.state === 'notStarted' ? end.code : errorIn(end.stderr.split('\n')));
  const preview = parseRelease(Buffer.from(end.stdout));
  const { manifest, diff, conceal } = await releases.previewDiff(operation.input, { values: preview.config, manifest: preview.manifest }, signal);
  const { name, version } = preview.chart.metadata;
  const warnings = end.stderr.split('\n').filter((line) => line.trim() !== '');
  return { chart: { name, version }, manifest, diff, notes: conceal(preview.info.notes ?? ''), warnings: warnings.map((line) => conceal(redactText(line))) };
}

/** What Helm says, without secrets. */
class Hearing {
  /** The last lines of standard error. */
  readonly errors: string[] = [];
  private readonly concealer = new Concealer();
  private readonly tell: (event: HelmEvent) => void;
  private inNotes = false;

  constructor(values: string | null, tell: (event: HelmEvent) => void) {
    this.tell = tell;
    // What is secret in the values may come back in a complaint about them.
    if (values !== null) this.concealer.manifest(values);
  }

  hear(stream: 'stdout' | 'stderr', line: string): void {
    const text = this.concealer.text(redactText(line));
    if (stream === 'stderr' && this.errors.push(text) > 20) this.errors.shift();
    // The notes of a chart like to tell its passwords; the release has them, with those hidden.
    if (stream === 'stdout' && line === 'NOTES:') this.inNotes = true;
    if (stream === 'stdout' && line.startsWith('POD LOGS:')) this.inNotes = false;
    if (text !== '' && !(stream === 'stdout' && this.inNotes)) this.tell({ type: 'said', stream, text });
  }
}

function calledEvent(info: Extract<RequestInfo, { resource: string }>, status: number): HelmEvent {
  const resource = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`;
  return { type: 'called', verb: info.verb, resource, namespace: info.namespace, name: info.name, status };
}

type EndedEvent = Extract<HelmEvent, { type: 'ended' }>;

/** What is written down of it. */
function helmDraft(asked: HelmOperation, program: { major: number }): ActDraft {
  const operation = withoutContent(asked);
  const { do: verb, input } = operation;
  const valuesFile = 'values' in input && input.values !== '' ? 'values.yaml' : null;
  const target = { apiVersion: 'helm.sh/v1', kind: 'Release', namespace: input.namespace, name: input.name };
  return { action: `helm.${verb}`, target, input: { ...input }, kubectl: words(['helm', ...helmArguments(operation, valuesFile, program)]) };
}

/** Values may hold secrets of any name: it is kept that there were some, and which single ones were set. */
function withoutContent(operation: HelmOperation): HelmOperation {
  switch (operation.do) {
    case 'install':
      return { ...operation, input: { ...operation.input, ...given(operation.input) } };
    case 'upgrade':
      return { ...operation, input: { ...operation.input, ...given(operation.input) } };
    default:
      return operation;
  }
}

function given({ values, set }: { values: string; set: readonly string[] }): { values: string; set: string[] } {
  return { values: values.trim() === '' ? '' : '(given)', set: set.map((setting) => `${setting.slice(0, setting.indexOf('='))}=(given)`) };
}

function helmEnd({ succeeded, message }: EndedEvent, signal: AbortSignal): ActEnd {
  if (succeeded) return { outcome: 'done', detail: { message } };
  return { outcome: signal.aborted ? 'cancelled' : 'failed', error: { code: 'CLUSTER_ERROR', message } };
}

function endOf({ do: verb, input }: HelmOperation, exitCode: number | null, errors: readonly string[], signal: AbortSignal): EndedEvent {
  const what = `${input.namespace}/${input.name}`;
  const done = { install: 'installed', upgrade: 'upgraded', rollback: 'rolled back', uninstall: 'uninstalled', test: 'tested' }[verb];
  if (exitCode === 0) return { type: 'ended', succeeded: true, message: `${what} is ${done}.` };
  return { type: 'ended', succeeded: false, message: signal.aborted ? `The ${verb} of ${what} was interrupted.` : errorIn(errors) };
}

/** What Helm says last is why it failed. */
function errorIn(lines: readonly string[]): string {
  const from = lines.findLastIndex((line) => /^Error: /.test(line));
  const said = lines.slice(Math.max(from, 0)).join('\n').trim();
  return redactText(said).replace(/^Error: ([A-Z]+ FAILED: )?/, '') || 'Helm failed and said nothing.';
}

function failed(reason: string): AppError {
  return new AppError('CLUSTER_ERROR', `Helm refuses it: ${reason}`, { hint: 'Change the chart, its version or the values.' });
}

/** Helm finds a release only in the sort of storage that it is kept in. */
async function storageOf(access: ClusterAccess, { name, namespace }: HelmTarget, signal: AbortSignal): Promise<HelmRevision['storage']> {
  const { records } = await listRecords(apiOf(access), { namespace, name }, signal);
  return records.some((record) => record.name === name && record.storage === 'ConfigMap') ? 'ConfigMap' : 'Secret';
}

/** Null where there are none. Throws VALIDATION_ERROR for what is no YAML mapping. */
function valuesOf(operation: HelmOperation): string | null {
  if (!('values' in operation.input) || operation.input.values.trim() === '') return null;
  const document = parseDocument(operation.input.values, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined)
    throw new AppError('VALIDATION_ERROR', `The values are no YAML: ${problem.message.split('\n')[0]}.`, { hint: 'Correct them and try again.' });
  if (document.contents !== null && !isMap(document.contents)) {
    throw new AppError('VALIDATION_ERROR', 'The values are no mapping.', { hint: 'Write `key: value` lines, or a JSON object.' });
  }
  if (isHidden(operation.input.values)) {
    throw new AppError('VALIDATION_ERROR', 'The values have marks of hidden secrets in them, which would be sent in place of the secrets.', {
      hint: 'Write the secrets themselves, or leave these keys out and begin from the present values.',
    });
  }
  return operation.input.values;
}

async function writeValues({ folder }: ChildCluster, values: string | null): Promise<string | null> {
  if (values === null) return null;
  const file = join(folder, 'values.yaml');
  await writeFile(file, values, { mode: 0o600, flag: 'wx' });
  return file;
}

/** `./chart` becomes an absolute path: Helm runs in a folder of its own, where `stable/nginx` can't be a folder by chance. */
function withLocalChart<T extends HelmOperation>(operation: T, { workingDirectory }: HelmMachine): T {
  const { input } = operation;
  if (!('chart' in input) || !/^\.{1,2}([/\\]|$)/.test(input.chart) || isAbsolute(input.chart)) return operation;
  if (workingDirectory === undefined) {
    throw new AppError('VALIDATION_ERROR', `${input.chart} is not an absolute path.`, {
      hint: 'Name the whole path of the chart on the machine of the workbench.',
    });
  }
  return { ...operation, input: { ...input, chart: resolve(workingDirectory, input.chart) } };
}
