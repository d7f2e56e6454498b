import { AppError, routes, seesAll, type TerminalKube, type TerminalSession } from '@quarterdeck/contract';
import { completeLine, dropFile, type HostMethodDescriptor, resolvePaths, shellCalls } from '@quarterdeck/terminal';
import type * as z from 'zod';
import { completionSource } from '../terminal/completion-source.ts';
import { handle, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ShellRoutes =
  | 'listTerminalBlocks'
  | 'readTerminalBlock'
  | 'changeTerminalBlock'
  | 'listTerminalFindings'
  | 'findTerminalHistory'
  | 'forgetTerminalHistory'
  | 'listTerminalProcesses'
  | 'completeTerminal'
  | 'gateTerminal'
  | 'resolveTerminal'
  | 'dropIntoTerminal';

/** A file that is dropped by hand; what is larger is copied. Bytes. */
const largestDrop = 2 * 1024 ** 3;

/** What the shells of a person say of themselves, and files for them. */
export function terminalShellHandlers(services: Services): Pick<RouteHandlers, ShellRoutes> {
  const { clusters } = services;
  return {
    listTerminalBlocks: handle(routes.listTerminalBlocks, ({ id }, call) => ask(services, shellCalls.blocks, { id }, call, id)),
    readTerminalBlock: handle(routes.readTerminalBlock, ({ id, block }, call) => ask(services, shellCalls.blockOutput, { id, block }, call, id)),
    changeTerminalBlock: handle(routes.changeTerminalBlock, ({ id, block, bookmarked }, call) =>
      ask(services, shellCalls.bookmark, { id, block, bookmarked }, call, id),
    ),
    listTerminalFindings: handle(routes.listTerminalFindings, ({ id }, call) => ask(services, shellCalls.findings, { id }, call, id)),
    findTerminalHistory: handle(routes.findTerminalHistory, (query, call) => ask(services, shellCalls.history, query, call)),
    forgetTerminalHistory: handle(routes.forgetTerminalHistory, (input, call) => ask(services, shellCalls.forget, input, call)),
    listTerminalProcesses: handle(routes.listTerminalProcesses, ({ id }, call) => ask(services, shellCalls.processes, { id }, call, id)),
    completeTerminal: handle(routes.completeTerminal, async ({ id, line, cursor }, call) => {
      const { kube } = await sessionOf(services, id, call);
      const seen = clusters.seenBy(call);
      const cluster = kube === null ? undefined : clusterNamed(services, kube.context, call);
      return completeLine(line, cursor, completionSource(seen, cluster === undefined ? null : seen.get(cluster), kube?.namespace ?? null, call.signal));
    }),
    gateTerminal: handle(routes.gateTerminal, async ({ id, on }, call) => {
      const { kube } = await sessionOf(services, id, call);
      if (kube === null) throw new AppError('CONFLICT', 'This shell speaks to no cluster of the workbench.', { hint: 'Open another terminal.' });
      await pointTo(services, id, kube, on, call);
      return { on };
    }),
    resolveTerminal: handle(routes.resolveTerminal, async ({ id, texts, cwd }, call) => {
      const session = await sessionOf(services, id, call);
      return resolvePaths(cwd ?? session.cwd ?? '/', texts);
    }),
    dropIntoTerminal: handle(routes.dropIntoTerminal, async ({ id, name }, call) => {
      const { cwd } = await sessionOf(services, id, call);
      if (cwd === null)
        throw new AppError('CONFLICT', 'It is not known in which folder this shell is.', { hint: 'Change to one in the shell, and drop the file again.' });
      const content = call.upload ?? new Blob([]).stream();
      return dropFile({ folder: cwd, name, content, maxBytes: largestDrop, signal: call.signal });
    }),
  };
}

/**
 * Makes a shell speak to another cluster. Throws FORBIDDEN for who has no cluster in shells, NOT_FOUND for a context that
 * they don't see, CONFLICT for a shell that was started without one.
 */
export function setShellCluster(services: Services, id: string, kube: ShellKube, call: RouteCallContext): Promise<void> {
  return pointTo(services, id, kube, services.terminals.gates.has(id), call);
}

type ShellKube = Omit<TerminalKube, 'production'>;

async function pointTo(services: Services, id: string, { context, namespace, pinned }: ShellKube, gated: boolean, call: RouteCallContext): Promise<void> {
  const { clusters, terminals } = services;
  if (call.actor.organisation !== null || call.actor.policy !== seesAll) {
    throw new AppError('FORBIDDEN', 'Shells of this workbench are given no cluster.', {
      hint: 'The kubeconfig of its machine allows more than your access does.',
    });
  }
  await sessionOf(services, id, call);
  const cluster = clusterNamed(services, context, call);
  if (cluster === undefined) throw new AppError('NOT_FOUND', `There is no cluster ${context}.`, { hint: 'GET /api/clusters lists those that there are.' });
  const seen = clusters.seenBy(call).get(cluster);
  const opened = gated ? await terminals.gates.openFor(id, seen, call) : null;
  const door = opened === null ? null : { server: opened.server, token: opened.token, certificateAuthority: opened.certificateAuthority };
  await ask(services, shellCalls.setKube, { id, kube: { context: seen.source.name, namespace, pinned }, door }, call, id);
  if (!gated) await terminals.gates.close(id);
}

/** The id of the cluster that a context of that name leads to, or that has the id itself. */
function clusterNamed({ clusters }: Services, context: string, call: RouteCallContext): string | undefined {
  const known = clusters.seenBy(call).list();
  return (known.find(({ id }) => id === context) ?? known.find(({ name }) => name === context))?.id;
}

/** Throws NOT_FOUND for one of somebody else. */
async function sessionOf({ terminals }: Services, id: string, call: RouteCallContext): Promise<TerminalSession> {
  const session = (await terminals.list(call)).find((candidate) => candidate.id === id);
  if (session === undefined) throw new AppError('NOT_FOUND', `There is no terminal ${id}.`, { hint: 'GET /api/terminals lists yours.' });
  return session;
}

function ask<Input extends z.ZodType, Output extends z.ZodType>(
  { terminals }: Services,
  method: HostMethodDescriptor<Input, Output>,
  input: z.input<Input>,
  { actor, signal }: RouteCallContext,
  session?: string,
): Promise<z.output<Output>> {
  return terminals.hostsFor(actor).call(method, input, { owner: actor.id, signal, ...(session === undefined ? {} : { session }) });
}
