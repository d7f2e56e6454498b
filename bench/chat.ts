import type { Bench, BenchContext, BenchResult } from './bench.ts';
import { measureChat } from './chat/measure-chat.ts';
import { startSteadyModel } from './chat/steady-model.ts';
import { chromiumProgram, launchChromium } from './harness/browser.ts';
import { endChild } from './harness/children.ts';
import { startMeasuredWorkbench } from './harness/workbench.ts';
import { buildWebApp } from './live/large-cluster.ts';

export const chat: Bench = {
  name: 'chat',
  summary: 'an answer of 200 tokens a second in a real browser: its frames, and what the page takes for it',
  needs: 'Chromium',
  options: {
    seconds: { type: 'number', default: '20', summary: 'how long the answer is' },
    rate: { type: 'number', default: '200', summary: 'tokens a second' },
    'skip-build': { type: 'switch', default: 'false', summary: 'the page as it was built last' },
  },
  run,
};

async function run(context: BenchContext): Promise<BenchResult> {
  chromiumProgram();
  if (!context.isOn('skip-build')) await buildWebApp(context);
  const model = await startSteadyModel(context.cleanup, { rate: context.number('rate'), seconds: context.number('seconds') });
  const browser = await launchChromium(context);
  context.tell('opening the recorded demo');
  const workbench = await startMeasuredWorkbench(context.cleanup, '/nonexistent/kubeconfig', '', model.stateDirectory);
  const figures = await measureChat(context, browser, workbench.url);
  await endChild(workbench.process.child);
  return { figures, peers: {} };
}
