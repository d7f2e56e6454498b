import type { ClusterAccess } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { draftRun } from '../drafts/draft-run.ts';
import { choiceName } from '../failover/chain-error.ts';
import type { ModelChain } from '../failover/model-chain.ts';
import { readClusterFacts } from '../kubernetes/cluster-facts.ts';
import { draftManifest, type ManifestSurroundings } from '../manifests/draft-manifest.ts';
import { type GeneratedManifest, generateManifest } from '../manifests/generate-manifest.ts';
import { hasTemplate, noTemplate } from '../manifests/make-manifest.ts';
import { createPrivacy } from '../privacy/create-privacy.ts';
import type { Places } from '../runs/places.ts';
import type { AssistantParts, Person, Surroundings } from './assistant-parts.ts';

export interface ManifestRequest {
  description: string;
  /** For a description that names none. */
  namespace: string;
  /** What the manifest is tried with: it must let a dry run through. */
  access: ClusterAccess;
}

interface Task<P extends Person> {
  person: P;
  request: ManifestRequest;
  surroundings: Surroundings;
}

/** A manifest of a model; where none may be asked or its manifest can't be used, a template's, which says why. Throws UNSUPPORTED where there is no template either. */
export async function writeManifest<P extends Person>(
  parts: AssistantParts<P> & { places: Places },
  task: Task<P>,
  signal: AbortSignal,
): Promise<GeneratedManifest> {
  const { person, request } = task;
  const chain = person.may('ai:chat') ? await parts.models('plans', signal) : null;
  if (chain === null) return fromTemplate(request, 'none was chosen, `qd model use MODEL` does', signal);
  try {
    const limits = await parts.store.limits(person.owner.organisation);
    const { manifest, refused } = await parts.places.within(person.owner, limits, signal, (limited) => draft(parts, chain, task, limited));
    return manifest ?? (await fromTemplate(request, refused ?? 'it wrote none', signal));
  } catch (thrown) {
    if (!(thrown instanceof AppError) || (thrown.code !== 'RATE_LIMITED' && thrown.code !== 'TIMEOUT')) throw thrown;
    return fromTemplate(request, thrown.message, signal);
  }
}

async function fromTemplate({ access, description, namespace }: ManifestRequest, reason: string, signal: AbortSignal): Promise<GeneratedManifest> {
  if (!hasTemplate(description, namespace)) throw noTemplate(`No template makes that, and no model wrote it: ${reason}`);
  return { ...(await generateManifest(access, description, { namespace, signal })), refused: reason };
}

async function draft<P extends Person>(parts: AssistantParts<P>, chain: ModelChain, { person, request, surroundings }: Task<P>, signal: AbortSignal) {
  const { sources, cluster } = surroundings;
  const focus = { page: null, namespace: request.namespace, object: null, issueId: null };
  const [settings, names, secrets, fitting] = await Promise.all([
    parts.store.privacy(person.owner),
    Promise.all(sources.map((source) => source.names(signal))),
    Promise.all(sources.map((source) => source.secrets?.(focus, signal) ?? [])),
    whatToFit(surroundings, signal),
  ]);
  const privacy = createPrivacy({ settings, names: names.flat(), secrets: [...parts.secrets(), ...secrets.flat()] });
  const began = parts.now();
  const models = chain.choices.map(choiceName);
  const act = await parts.acts(person, cluster).begin({ action: 'model.run', target: null, input: { purpose: 'manifest', models }, kubectl: null });
  const mark = parts.newId().replaceAll('-', '').slice(0, 16);
  const drafted = await draftManifest({ ...request, surroundings: fitting }, { models: chain, privacy, mark }, signal).catch(async (thrown) => {
    await act.end({ outcome: 'cancelled', detail: { models } });
    throw thrown;
  });
  const run = draftRun(parts, { purpose: 'manifest', person, cluster, began, drafted });
  await parts.store.putRun(run);
  await act.end({ outcome: drafted.model === null ? 'failed' : 'done', detail: { run: run.id, model: drafted.model, cost: run.cost } });
  return drafted;
}

async function whatToFit({ asked }: Surroundings, signal: AbortSignal): Promise<ManifestSurroundings> {
  if (asked === null) return { version: null, storageClasses: [], ingressClasses: [] };
  const { view } = await asked.checked(signal);
  const { version } = await readClusterFacts(asked, view, signal);
  return { version, storageClasses: view.names('StorageClass'), ingressClasses: view.names('IngressClass') };
}
