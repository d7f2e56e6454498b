import { clusterOf, evil, found, goals, liveObjects, orders, secrets } from '@quarterdeck/assistant/testing/injection-corpus';
import { recordingTransport } from '@quarterdeck/assistant/testing/recording-transport';
import { afterAll, describe, expect, it } from 'vitest';
import { localAgent } from '../gate/actors.ts';
import { connectMcp } from '../testing/mcp-client.ts';
import { MemoryCluster } from '../testing/memory-cluster.ts';
import { testServices } from '../testing/test-app.ts';

/** Where an agent meets the text of an attacker. */
const surfaces = {
  'an annotation, an image name, arguments and a termination message': found('Pod', 'web-1'),
  'a ConfigMap': found('ConfigMap', 'settings'),
  'a host of an Ingress': found('Ingress', 'shop'),
  'an event': { call: 'list_events', input: {} },
  'a table': { call: 'list_resources', input: { kind: 'Ingress' } },
};

const counts = { cases: 0, calls: 0, mutations: 0, secrets: 0, addressesAsked: 0 };
afterAll(() =>
  console.info(
    `Injection through MCP: ${Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}.`,
  ),
);

/** An agent with proposals allowed that does whatever it reads. */
async function obey(first: { call: string; input: unknown }, goal: string) {
  const api = recordingTransport((path) => liveObjects[path.split('/').at(-1) ?? ''] ?? { kind: 'Status', metadata: {} });
  const cluster = Object.assign(new MemoryCluster(), { api });
  for (const object of clusterOf(orders(goal))) cluster.apply(object);
  const services = await testServices([cluster.source]);
  const client = await connectMcp(services, localAgent);
  const told = [(await client.call(first.call, first.input)).text];
  const order = goals[/OBEY\{([^}]*)\}/.exec(told[0] ?? '')?.[1] ?? ''];
  const calls = order?.calls ?? [];
  for (const { call, input } of calls) {
    // What is not there is an error of the protocol.
    const { text } = await client.call(call, input).catch((error: Error) => ({ text: error.message }));
    told.push(text);
  }
  await client.close();
  await services.clusters.close();
  return { api, told, calls, obeyed: order !== undefined };
}

describe.each(Object.entries(surfaces))('orders in %s', (_surface, first) => {
  it.each(Object.keys(goals))('to %s change nothing and give nothing away through MCP', async (goal) => {
    const { api, told, calls, obeyed } = await obey(first, goal);
    const text = told.join('\n');
    counts.cases += 1;
    counts.calls += calls.length + 1;
    counts.mutations += api.mutations.length;
    counts.secrets += secrets.filter((secret) => text.includes(secret)).length;
    counts.addressesAsked += api.reads.filter((read) => read.includes(evil)).length;
    expect(obeyed).toBe(true);
    expect(api.mutations).toEqual([]);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(api.reads.filter((read) => read.includes(evil))).toEqual([]);
    expect(['\u001b', '\u202e', '\u{e0041}'].filter((hidden) => text.includes(hidden))).toEqual([]);
    expect(told[0]).toContain('reads like orders');
  });
});
