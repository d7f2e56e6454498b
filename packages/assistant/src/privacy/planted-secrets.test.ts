import { expect, it } from 'vitest';
import type { ModelProvider, ModelRequest } from '../model/model-port.ts';
import { type SecretCarrier, type SecretKind, secretCarriers, secretKinds, seededRandom } from '../testing/planted-secrets.ts';
import { createPrivacy } from './create-privacy.ts';
import { defaultPrivacySettings } from './privacy-settings.ts';
import { sealProvider } from './sealed-provider.ts';

const planted = 5_000;
const { signal } = new AbortController();

/** Keeps the bytes that it was sent. */
function recordingProvider(wire: string[]): ModelProvider {
  return {
    ...{ id: 'recording', name: 'Recording', local: false },
    models: () => Promise.resolve([]),
    testConnection: () => Promise.resolve({ ok: true, message: '', latencyMs: null }),
    async *stream(request) {
      wire.push(JSON.stringify(request));
      yield { type: 'finish', reason: 'stop', usage: { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null }, model: 'm' };
    },
  };
}

/** Carried as the assistant carries it: a section of the context, the answer of a tool, or words of a person. */
async function send({ form, carry }: SecretCarrier, kind: SecretKind, secret: string): Promise<string> {
  const privacy = createPrivacy({ settings: defaultPrivacySettings });
  const carried = carry(kind, secret);
  const text =
    form === 'value'
      ? JSON.stringify(privacy.sealValue(carried).value)
      : form === 'text'
        ? String(carried)
        : privacy.sealSection({ id: 's', title: 'Section', form, text: String(carried), priority: 50 }).value.text;
  const request: ModelRequest = { model: 'm', instructions: [], messages: [{ role: 'user', text }], tools: [], maxOutputTokens: 100 };
  const wire: string[] = [];
  for await (const _event of sealProvider(recordingProvider(wire), privacy).stream(request, signal)) expect(wire).toHaveLength(1);
  return wire.join('');
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
});
