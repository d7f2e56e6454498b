import type { OfflineEvent } from '@quarterdeck/assistant';
import { exitCode, type TurnEvent } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ModelQuestion } from '../assistant/ask-model.ts';
import type { AskSession } from '../assistant/ask-session.ts';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { structured } from '../output/structured.ts';
import { runbooksInput, runbooksOptions } from './knowledge-search.ts';

export const ask = defineCommand({
  name: 'ask',
  summary: 'Ask the cluster a question in plain words',
  description:
    'Why something fails, what changed, what there is, how many, logs, events, usage, what a kind, field or error means, how something is done. Nothing is changed. It says what it understood and what it looked at, and which questions need a language model; where one is set up, it answers after the engine, and the conversation is kept with those of the workbench.',
  input: z.object({
    ...clusterInput,
    ...runbooksInput,
    question: z
      .array(z.string())
      .min(1, 'is missing')
      .refine((words) => words.join(' ').trim() !== '', 'is empty: say what you want to know'),
    namespace: z.string().min(1).optional(),
    continue: z.boolean().default(false),
    noModel: z.boolean().default(false),
    output: z.enum(['text', 'markdown', 'json', 'yaml']).default('text'),
  }),
  arguments: {},
  rest: ['question', 'The question; quotes are only needed for what the shell would change'],
  options: {
    namespace: { short: 'n', value: 'name', description: 'Ask about this namespace, which is faster' },
    continue: { description: 'Go on from the last question ("and its logs?")' },
    noModel: { description: 'Do not ask a language model, also where one is set up' },
    output: { short: 'o', value: 'text|markdown|json|yaml', description: 'Form of the output (default: text)' },
    ...runbooksOptions,
    ...clusterOptions,
  },
  examples: [
    ['ask why is checkout failing', 'the causing object, with what proves it'],
    ['ask "what changed in shop since yesterday?"', 'who changed which field'],
    ['ask which pods restart a lot', 'a condition in words'],
    ['ask --continue "and its logs?"', 'about what the last answer was about'],
  ],
  async run({ question, output, noModel, ...choice }, context) {
    const { answerTo, showAnswer, withAskSession } = await import('../assistant/ask-session.ts');
    return withAskSession(choice, context, async (session) => {
      const asked = noModel ? null : await modelHere(context);
      if (asked !== null) return answerWithModel(session, { question: question.join(' '), continue: choice.continue, ...asked }, output);
      const events = answerTo(session, question.join(' '));
      if (output === 'text') await showAnswer(events, context);
      else {
        const told: OfflineEvent[] = [];
        for await (const event of events) told.push(event);
        const { object, issueId } = session.focus;
        const answer = { question: question.join(' '), cluster: session.cluster, ...summedUp(told), object, issueId, model: null };
        context.out.write(output === 'markdown' ? markdown(answer) : structured(answer, output));
      }
      return 0;
    });
  },
});

type Output = 'text' | 'markdown' | 'json' | 'yaml';

/** Null where none was chosen; a key that is there all the same is told of. */
async function modelHere(context: CommandContext): Promise<Pick<ModelQuestion, 'models' | 'chain'> | null> {
  const [{ openModelsHere }, { foundKeys }] = await Promise.all([import('../models/with-models.ts'), import('../models/model-text.ts')]);
  const models = await openModelsHere(context);
  const chain = models.chain('chat');
  if (chain !== null) return { models, chain };
  if (models.unused.length > 0) context.err.write(`${foundKeys(models.unused)}\n`);
  return null;
}

async function answerWithModel(session: AskSession, asked: ModelQuestion, output: Output): Promise<number> {
  const [{ askModel }, { TurnView }] = await Promise.all([import('../assistant/ask-model.ts'), import('../assistant/show-turn.ts')]);
  const { context } = session;
  const events: TurnEvent[] = [];
  const view = new TurnView(context);
  await askModel(session, asked, (event) => {
    events.push(event);
    if (output === 'text') view.show(event);
  });
  if (context.signal.aborted) {
    view.end();
    context.err.write('Interrupted: the answer is cut where it stands. What came of it is kept in the conversation; `qd ask --continue` goes on.\n');
    return exitCode.CANCELLED;
  }
  const end = events.find((event) => event.type === 'finished');
  if (output !== 'text') {
    const summed = summedUp(events.flatMap(asOffline));
    const { object, issueId } = session.focus;
    const answer = { question: asked.question, cluster: session.cluster, ...summed, object, issueId, model: end?.model ?? null };
    context.out.write(output === 'markdown' ? markdown(answer) : structured(answer, output));
  }
  return end?.state === 'failed' ? exitCode[end.error?.code ?? 'INTERNAL_ERROR'] : 0;
}

/** What is summed up of an answer with a model, as of one without. */
function asOffline(event: TurnEvent): OfflineEvent[] {
  if (event.type === 'understood') return [event];
  if (event.type === 'text' || event.type === 'quick') return [{ type: 'text', text: event.text }];
  if (event.type === 'toolEnded') return [{ type: 'call', tool: event.tool, input: {}, summary: event.summary, tookMs: event.tookMs }];
  return [];
}

interface SummedUp {
  understood: string;
  calls: Omit<Extract<OfflineEvent, { type: 'call' }>, 'type'>[];
  answer: string;
}

function summedUp(events: readonly OfflineEvent[]): SummedUp {
  return {
    understood: events.map((event) => (event.type === 'understood' ? event.text : '')).join(''),
    calls: events.flatMap((event) => (event.type === 'call' ? [{ tool: event.tool, input: event.input, summary: event.summary, tookMs: event.tookMs }] : [])),
    answer: events
      .map((event) => (event.type === 'text' ? event.text : ''))
      .join('')
      .trim(),
  };
}

function markdown({ understood, calls, answer }: SummedUp): string {
  const asked = calls.map(({ tool, input, summary }) => `- \`${tool} ${JSON.stringify(input).replaceAll('`', "'")}\`: ${summary}`);
  return `${answer}\n\n---\n\n${[`Understood: ${understood}`, ...(asked.length === 0 ? [] : ['', 'Looked at:', '', ...asked])].join('\n')}\n`;
}
