import { once } from 'node:events';
import path from 'node:path';
import * as z from 'zod';
import type { BenchContext, Figure } from '../bench.ts';
import { root, startChild } from '../harness/children.ts';

const doneSchema = z.object({ changes: z.number(), seconds: z.number() });

/** A process that changes pods, as often as the bench's options say, until it is stopped. */
export function startChanges(context: BenchContext, kubeconfig: string): { stop(): Promise<Figure> } {
  const numbers = ['changes', 'pods', 'namespaces', 'nodes'].map((option) => String(context.number(option)));
  const script = path.join(root, 'bench', 'live', 'change-pods.ts');
  const child = startChild(context.cleanup, process.execPath, [script, kubeconfig, ...numbers], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return {
    async stop() {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      const { changes, seconds } = doneSchema.parse(JSON.parse(printed));
      return { name: 'changes that the cluster took', value: changes / seconds, unit: '/s' };
    },
  };
}
