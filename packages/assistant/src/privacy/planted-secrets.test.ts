import { usualAssistantLimits } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { buildContext } from '../context/build-context.ts';
import { defaultContextSettings } from '../context/context-settings.ts';
import { type SecretCarrier, type SecretKind, secretCarriers, secretKinds, seededRandom } from '../testing/planted-secrets.ts';
import { scriptedModel } from '../testing/scripted-model.ts';
import { defineAssistantTool } from '../tools/define-tool.ts';
import { runTurn } from '../turn/turn.ts';
import { createPrivacy } from './create-privacy.ts';
import { defaultPrivacySettings } from './privacy-settings.ts';

const planted = 5_000;
const { signal } = new AbortController();
const mark = 'MARK';
const countTokens = (text: string) => Math.ceil(text.length / 4);

/** Carried as the assistant carries it: a section of the context, the answer of a tool, or words of a person. Gives all bytes that reach a model. */
async function send({ form, carry }: SecretCarrier, kind: SecretKind, secret: string): Promise<string> {
  const privacy = createPrivacy({ settings: defaultPrivacySettings });
  const carried = carry(kind, secret);
  const section = {
    id: 'logs',
    title: 'Section',
    form: form === 'value' ? ('text' as const) : form,
    text: form === 'value' ? '' : String(carried),
    priority: 50,
  };
  const context =
    form === 'text'
      ? privacy.seal(String(carried))
      : buildContext({ ...{ sections: [section], intent: 'troubleshoot', settings: defaultContextSettings }, privacy, countTokens, mark }).text;
  const look = defineAssistantTool({
    ...{ name: 'look', title: 'Look', description: 'Looks.', permission: 'resource.read', effect: 'read' },
    input: z.object({}),
    run: () => Promise.resolve({ value: form === 'value' ? carried : null, seen: [] }),
  });
  const model = scriptedModel([{ call: 'look', input: {} }], 'done');
  const input = { instructions: [], messages: [{ role: 'user' as const, text: `Why?\n${context}` }], tools: [look], limits: usualAssistantLimits };
  const turn = runTurn(input, { ...{ models: model.chain, privacy, mark, countTokens }, now: () => 0, costOf: () => 0 }, signal);
  for (let next = await turn.next(); next.done !== true; next = await turn.next()) expect(next.value.type).not.toBe('error');
  expect(model.asked).toHaveLength(2);
  return JSON.stringify(model.asked);
}

function leaks(wire: string, { core = (secret) => secret }: SecretKind, secret: string): boolean {
  const seen = core(secret);
  const forms = [seen, JSON.stringify(seen).slice(1, -1), Buffer.from(seen).toString('base64').replace(/=+$/, '')];
  return forms.some((form) => wire.includes(form));
}

it(`lets none of ${planted} planted secrets through`, async () => {
  const random = seededRandom(20_261_121);
  const pairs = secretKinds.flatMap((kind) => secretCarriers.filter(({ bare }) => kind.known || bare !== true).map((carrier) => ({ kind, carrier })));
  const figures = new Map(secretKinds.map(({ id }) => [id, { planted: 0, leaked: 0 }]));
  const leaked: string[] = [];
  for (let count = 0; count < planted; count++) {
    const { kind, carrier } = pairs[count % pairs.length] ?? {};
    if (kind === undefined || carrier === undefined) continue;
    const secret = kind.make(random);
    const wire = await send(carrier, kind, secret);
    const figure = figures.get(kind.id);
    if (figure !== undefined) figure.planted += 1;
    if (!leaks(wire, kind, secret)) continue;
    if (figure !== undefined) figure.leaked += 1;
    leaked.push(`${kind.id} in ${carrier.id}: ${wire}`);
  }
  console.info([...figures].map(([id, { planted: all, leaked: out }]) => `${id.padEnd(28)} ${all} planted, ${out} leaked`).join('\n'));
  expect(secretKinds.length).toBeGreaterThanOrEqual(40);
  expect(leaked.slice(0, 5)).toEqual([]);
}, 180_000);
