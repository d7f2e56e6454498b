import { type ActDraft, type ActLog, AppError, type RevealedValue, refLabel, refTo } from '@quarterdeck/contract';
import * as z from 'zod';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { secretPath } from '../access/resource-path.ts';
import { words } from '../acts/kubectl-command.ts';
import { recordAct } from '../acts/record-act.ts';
import type { Transport } from '../transport/transport.ts';

export interface SecretKey {
  namespace: string;
  name: string;
  key: string;
}

const secretSchema = z.object({ data: z.record(z.string(), z.string()).nullish() });

/**
 * One value of a Secret, for a person. What cannot be written down is not shown. Throws READ_ONLY for a recording,
 * which has no values, and NOT_FOUND where the Secret has no such key.
 */
export function revealSecretValue(
  access: Pick<ClusterAccess, 'api' | 'id'>,
  place: SecretKey,
  { acts, signal }: { acts: ActLog; signal: AbortSignal },
): Promise<RevealedValue> {
  const api = apiOf(access);
  return recordAct(
    acts,
    revealDraft(place),
    () => readValue(api, place, signal),
    ({ bytes }) => ({ detail: { bytes } }),
  );
}

function revealDraft({ namespace, name, key }: SecretKey): ActDraft {
  const template = `go-template={{index .data "${key}" | base64decode}}`;
  return {
    action: 'secret.reveal',
    target: refTo('Secret', namespace, name),
    input: { key },
    kubectl: words(['kubectl', 'get', 'secret', name, '-n', namespace, '-o', template]),
  };
}

async function readValue(api: Transport, { namespace, name, key }: SecretKey, signal: AbortSignal): Promise<RevealedValue> {
  const raw = await api.json({ path: secretPath(namespace, name), subject: { verb: 'get', resource: 'secrets', namespace, name }, signal });
  const found = secretSchema.safeParse(raw);
  // What does not fit the schema is not told: it could hold values.
  const base64 = found.data?.data?.[key];
  if (base64 === undefined) throw new AppError('NOT_FOUND', `${refLabel(refTo('Secret', namespace, name))} has no key ${key}.`, { hint: 'Read it again.' });
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\u0000');
  return { encoding: isText ? 'text' : 'base64', value: isText ? text : bytes.toString('base64'), bytes: bytes.byteLength };
}
