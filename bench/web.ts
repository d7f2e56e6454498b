import type { Bench, BenchContext, BenchResult } from './bench.ts';
import { chromiumProgram, launchChromium } from './harness/browser.ts';
import { endChild } from './harness/children.ts';
import { startMeasuredWorkbench } from './harness/workbench.ts';
import { buildWebApp, largeClusterOptions, startLargeCluster } from './live/large-cluster.ts';
import { startChanges } from './live/played-changes.ts';
import { measureFirstRoute } from './web/first-route.ts';
import { measureLargeTable } from './web/large-table.ts';

export const web: Bench = {
  name: 'web',
  summary: 'the page in a real browser: its first route, and the table of pods of a large and busy cluster',
  needs: 'Chromium, Go (for a sandbox cluster of its own)',
  options: {
    ...largeClusterOptions,
    seconds: { type: 'number', default: '600', summary: 'how long the table stays open under changes' },
    'skip-table': { type: 'switch', default: 'false', summary: 'the first route alone' },
  },
  run,
};

async function run(context: BenchContext): Promise<BenchResult> {
  chromiumProgram();
  await buildWebApp(context);
  const browser = await launchChromium(context);
  context.tell('opening the recorded demo');
  const demo = await startMeasuredWorkbench(context.cleanup, '/nonexistent/kubeconfig', '');
  const figures = await measureFirstRoute(browser, demo.url);
  await endChild(demo.process.child);
  if (context.isOn('skip-table')) return { figures, peers: {} };
  const { kubeconfig } = await startLargeCluster(context);
  const changes = startChanges(context, kubeconfig);
  const workbench = await startMeasuredWorkbench(context.cleanup, kubeconfig, '');
  figures.push(...(await measureLargeTable(context, browser, workbench.url)));
  figures.push(await changes.stop());
  await endChild(workbench.process.child);
  return { figures, peers: {} };
}
