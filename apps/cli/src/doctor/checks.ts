import { constants, access as mayUse, mkdir } from 'node:fs/promises';
import { loadKubeconfig, stateDirectoryOf, systemKubeconfigSources } from '@quarterdeck/cluster';
import { toAppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { readChild } from '../processes/read-child.ts';

export interface CheckResult {
  name: string;
  /** `missing`: something that is of use and not needed. */
  state: 'ok' | 'missing' | 'wrong';
  said: string;
  remedy: string | null;
}

type Check = (context: CommandContext) => Promise<CheckResult>;

const checks: readonly Check[] = [
  runtime,
  stateFolder,
  kubeconfig,
  cluster,
  (context) => program('kubectl', ['version', '--client'], '`qd just` hands on to it; nothing else needs it.', context),
  (context) => program('helm', ['version', '--short'], 'Changes of Helm releases need it; looking does not.', context),
  (context) => program('kustomize', ['version'], '-k needs it, or kubectl.', context),
  model,
];

/** Looks at all that qd needs on this machine, one after the other. */
export async function* runChecks(context: CommandContext): AsyncGenerator<CheckResult> {
  for (const check of checks) yield await check(context);
}

async function runtime(): Promise<CheckResult> {
  return { name: 'Node', state: 'ok', said: `${process.versions.node} on ${process.platform}-${process.arch}`, remedy: null };
}

async function stateFolder({ environment }: CommandContext): Promise<CheckResult> {
  const folder = stateDirectoryOf(environment);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await mayUse(folder, constants.R_OK | constants.W_OK);
    return { name: 'State folder', state: 'ok', said: folder, remedy: null };
  } catch (thrown) {
    return {
      name: 'State folder',
      state: 'wrong',
      said: `${folder}: ${toAppError(thrown).message}`,
      remedy: 'Nothing can be written down, and so nothing be changed: give yourself the right, or set QUARTERDECK_STATE.',
    };
  }
}

async function kubeconfig(): Promise<CheckResult> {
  const { contexts, currentContext, problems } = await loadKubeconfig(systemKubeconfigSources());
  const [problem] = problems;
  if (problem !== undefined) return { name: 'Kubeconfig', state: 'wrong', said: problem.message, remedy: problem.hint };
  if (contexts.length === 0)
    return { name: 'Kubeconfig', state: 'wrong', said: 'there is none', remedy: 'Set KUBECONFIG, or start a cluster with `qd sandbox up`.' };
  return {
    name: 'Kubeconfig',
    state: 'ok',
    said: `${contexts.length} contexts, ${currentContext ?? 'none'} is current`,
    remedy: currentContext === null ? 'Choose one with --context.' : null,
  };
}

async function cluster(context: CommandContext): Promise<CheckResult> {
  const began = Date.now();
  try {
    const access = await context.openAccess({});
    try {
      const { gitVersion } = await access.version(context.signal);
      return { name: 'Cluster', state: 'ok', said: `${access.id} answers in ${Date.now() - began} ms, ${gitVersion}`, remedy: null };
    } finally {
      await access.close();
    }
  } catch (thrown) {
    const { message, hint } = toAppError(thrown);
    return { name: 'Cluster', state: 'wrong', said: message, remedy: hint ?? null };
  }
}

async function program(name: string, args: readonly string[], use: string, { signal }: CommandContext): Promise<CheckResult> {
  try {
    const said = await readChild(name, args, signal);
    return said === null
      ? { name, state: 'missing', said: 'not installed', remedy: use }
      : { name, state: 'ok', said: said.split('\n')[0] ?? '', remedy: null };
  } catch (thrown) {
    return { name, state: 'missing', said: toAppError(thrown).message.split('\n')[0] ?? '', remedy: use };
  }
}

async function model(context: CommandContext): Promise<CheckResult> {
  const { openModelsHere } = await import('../models/with-models.ts');
  const chain = (await openModelsHere(context)).chain('chat');
  return chain === null
    ? {
        name: 'Language model',
        state: 'missing',
        said: 'none is chosen: questions are answered from the cluster alone',
        remedy: '`qd model use MODEL` chooses one.',
      }
    : { name: 'Language model', state: 'ok', said: 'chosen; `qd model test` tries it', remedy: null };
}
