import {
  type AskedCluster,
  type AssistantTool,
  completePrices,
  createOffline,
  type Focus,
  kubernetesTools,
  type Offline,
  type OfflineEvent,
  searchKnowledge,
  withoutChanges,
} from '@quarterdeck/assistant';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import type { ClusterChoice } from '../cluster/cluster-options.ts';
import type { CommandContext } from '../context.ts';
import { settingsHere } from '../models/with-models.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';
import { askedCluster } from './asked-cluster.ts';
import { conversationPath, readFocus, writeFocus } from './conversation-file.ts';
import { openKnowledge } from './open-knowledge.ts';
import { terminalMarkdown } from './terminal-markdown.ts';

export interface AskChoice extends ClusterChoice {
  namespace?: string | undefined;
  /** Whether what the last question was about is still looked at. */
  continue: boolean;
  /** Folders of runbooks. */
  runbooks: readonly string[];
}

/** Questions to one cluster, on one connection. */
export interface AskSession {
  cluster: string;
  asked: AskedCluster;
  tools: readonly AssistantTool[];
  offline: Offline;
  focus: Focus;
  context: CommandContext;
}

/** Opens the cluster for `use`, closes it afterwards and keeps what was asked about for `--continue`. */
export async function withAskSession<T>(choice: AskChoice, context: CommandContext, use: (session: AskSession) => Promise<T>): Promise<T> {
  const access = await context.openAccess(choice);
  try {
    const path = conversationPath(stateDirectoryOf(context.environment));
    const kept = choice.continue ? await readFocus(path, access.id) : null;
    const focus = { page: null, object: null, issueId: null, ...kept, namespace: choice.namespace ?? kept?.namespace ?? null };
    const cluster = withoutChanges(askedCluster(access, choice, context));
    const knowledge = await openKnowledge(choice.runbooks, context);
    const tools = [...kubernetesTools(cluster, context.now), searchKnowledge(cluster, knowledge)];
    const session = {
      cluster: access.id,
      asked: cluster,
      tools,
      offline: createOffline({
        cluster,
        tools,
        knowledge,
        resourcePrices: async () => completePrices((await settingsHere(context).read()).resourcePrices),
        now: context.now,
      }),
      focus,
      context,
    };
    const result = await use(session);
    await writeFocus(path, access.id, session.focus);
    return result;
  } finally {
    await access.close();
  }
}

/**
 * The answer to a question, without a model where that can be; the session then looks at what it was about. Without a
 * model that is set up, a question that needs one is told so.
 */
export async function* answerTo(session: AskSession, question: string): AsyncGenerator<OfflineEvent> {
  const { offline, context } = session;
  const events = (await offline.answer(question, session.focus, context.signal)) ?? offline.decline(context.signal);
  for await (const event of events) {
    if (event.type === 'focus') session.focus = event.focus;
    yield event;
  }
}

/** Shows an answer as it comes: the answer on stdout, what was understood and asked on stderr. */
export async function showAnswer(events: AsyncIterable<OfflineEvent>, { out, err }: CommandContext): Promise<void> {
  const faint = (text: string) => painter(err.colour)('dim', text);
  for await (const event of events) {
    if (event.type === 'understood') err.write(`${faint(printable(event.text))}\n`);
    if (event.type === 'call') err.write(`${faint(`${event.tool}: ${printable(event.summary)} (${event.tookMs} ms)`)}\n`);
    if (event.type === 'text') out.write(terminalMarkdown(event.text, out.colour));
  }
}
