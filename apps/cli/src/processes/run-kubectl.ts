import { onlyReads, type RequestInfo, withChildKubeconfig } from '@quarterdeck/cluster';
import { type ActLog, AppError, type OpenAct } from '@quarterdeck/contract';
import { defaultNamespace } from '../cluster/default-namespace.ts';
import type { CommandContext } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';

/** Runs kubectl on the cluster of the context, behind a proxy that writes down that it changes something. @returns kubectl's exit code */
export async function runKubectl(args: readonly string[], context: CommandContext): Promise<number> {
  const access = await context.openAccess({});
  try {
    const namespace = await defaultNamespace({});
    return await withActs(context, access.id, async (acts) => {
      const changes = new RecordedRun(acts, args);
      const authorize = async (info: RequestInfo) => {
        if (!onlyReads(info)) await changes.begin();
        return null;
      };
      const code = await withChildKubeconfig(access, { namespace, authorize }, ({ environment }) => start(args, environment, context));
      await changes.end(code);
      return code;
    });
  } finally {
    await access.close();
  }
}

async function start(args: readonly string[], environment: Readonly<Record<string, string>>, context: CommandContext): Promise<number> {
  try {
    return await context.runChild({ command: 'kubectl', args, env: { ...environment } });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'UNSUPPORTED') throw thrown;
    throw new AppError('UNSUPPORTED', 'kubectl is not installed here, and `qd just` hands everything to it.', {
      hint: `Without \`just\` qd does it itself: qd ${args.slice(0, 3).join(' ')} …`,
      cause: thrown,
    });
  }
}

/** Written down once it is known that the run changes something. */
class RecordedRun {
  readonly #acts: ActLog;
  readonly #args: readonly string[];
  #act: Promise<OpenAct> | null = null;

  constructor(acts: ActLog, args: readonly string[]) {
    this.#acts = acts;
    this.#args = args;
  }

  /** Throws STORAGE_UNAVAILABLE: then the request is refused. */
  async begin(): Promise<void> {
    this.#act ??= this.#acts.begin({ action: 'kubectl.run', target: null, input: { arguments: this.#args }, kubectl: `kubectl ${this.#args.join(' ')}` });
    await this.#act;
  }

  async end(code: number): Promise<void> {
    const act = await this.#act;
    await act?.end({ outcome: code === 0 ? 'done' : 'failed', detail: { exitCode: code } });
  }
}
