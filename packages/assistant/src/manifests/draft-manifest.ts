import { type ClusterAccess, redacted } from '@quarterdeck/cluster';
import { type AskedDraft, askForm, type DraftForm, type DraftParts } from '../drafts/ask-form.ts';
import type { ModelMessage } from '../model/model-port.ts';
import { jsonIn } from '../plans/plan-draft.ts';
import { dataBlock } from '../turn/data-block.ts';
import { checkManifest } from './check-manifest.ts';
import { type GeneratedManifest, type GenerateOptions, settleManifest } from './generate-manifest.ts';
import { manifestDraftSchema, type ReadDraft, readManifestDraft } from './manifest-draft.ts';
import { objectLabel, type Problem } from './problem.ts';

/** What a manifest has to fit. */
export interface ManifestSurroundings {
  /** `v1.35.0`; null where it could not be read. */
  version: string | null;
  storageClasses: readonly string[];
  ingressClasses: readonly string[];
}

export interface DraftedManifest extends AskedDraft {
  /** `provider/model`; null where its manifest can't be used. */
  model: string | null;
  /** Null where it can't be used. */
  manifest: GeneratedManifest | null;
  /** Why it can't be used; null where it can. */
  refused: string | null;
}

const form: DraftForm = { prompt: 'manifest', schema: manifestDraftSchema, longest: 8_192 };
const mostRounds = 3;

interface Task extends Omit<GenerateOptions, 'signal'> {
  access: ClusterAccess;
  description: string;
  surroundings: ManifestSurroundings;
}

/**
 * A manifest of a model, checked as a template's is. It is told what stands against it and asked again, at most `rounds`
 * times; then the same repairs follow. What the cluster would still refuse is not used. Throws only when it is cancelled.
 */
export async function draftManifest(task: Task, parts: DraftParts, signal: AbortSignal): Promise<DraftedManifest> {
  const asked: AskedDraft = { requests: [], answers: [] };
  const messages: ModelMessage[] = [{ role: 'user', text: question(task, parts) }];
  let best: JudgedDraft | null = null;
  let wrong: string[] = [];
  for (let round = 0; round <= (task.rounds ?? mostRounds); round += 1) {
    const answer = await askForm(form, messages, { models: parts.models, asked }, signal);
    if (typeof answer === 'string') {
      wrong = [answer];
      break;
    }
    const judged = await judge(task, parts.privacy.openValue(jsonIn(answer.text)), signal);
    wrong = judged.wrong;
    // Advice alone is worth one more answer, and not all of them: some of it nobody can follow.
    const isEnough: boolean = wrong.length === 0 || (judged.against === 0 && best !== null);
    if (judged.draft !== null && judged.against <= (best?.against ?? judged.against)) {
      best = { ...judged.draft, against: judged.against, model: `${answer.provider}/${answer.model}` };
    }
    if (isEnough) break;
    messages.push({ role: 'assistant', text: answer.text, toolCalls: [] }, { role: 'user', text: correction(wrong, parts) });
  }
  return best === null ? { ...asked, model: null, manifest: null, refused: wrong.join(' ') } : settled(task, best, asked, signal);
}

interface JudgedDraft extends ReadDraft {
  /** How much the cluster would refuse. */
  against: number;
  model: string;
}

/** What is wrong with an answer, in sentences; `against`: how much of it the cluster would refuse. */
async function judge(
  { access, namespace }: Task,
  answer: unknown,
  signal: AbortSignal,
): Promise<{ draft: ReadDraft | null; against: number; wrong: string[] }> {
  const draft = readManifestDraft(answer, namespace);
  if (Array.isArray(draft)) return { draft: null, against: draft.length, wrong: draft };
  const { problems } = await checkManifest(access, draft.objects, signal);
  return { draft, against: problems.filter(({ advice }) => !advice).length, wrong: told(problems) };
}

function question({ description, namespace, surroundings }: Task, { privacy, mark }: DraftParts): string {
  const facts = JSON.stringify(privacy.sealValue({ ...surroundings, namespace }), null, 1);
  return [`Write the manifests for: ${privacy.seal(description)}`, dataBlock('cluster', facts, mark)].join('\n\n');
}

function told(problems: readonly Problem[]): string[] {
  return problems.map(({ object, path, message, advice }) => `${object}${path === null ? '' : `, ${path}`}: ${message}${advice ? ' (advice)' : ''}`);
}

function correction(wrong: readonly string[], { privacy, mark }: DraftParts): string {
  return `This was found. Answer with all manifests, corrected, in the same form.\n\n${dataBlock('what was found', privacy.seal(wrong.join('\n')), mark)}`;
}

async function settled({ access, rounds = mostRounds }: Task, draft: JudgedDraft, asked: AskedDraft, signal: AbortSignal): Promise<DraftedManifest> {
  const checked = await settleManifest(access, draft.objects, rounds, signal);
  const against = checked.problems.filter(({ advice }) => !advice);
  if (against.length > 0) {
    const refused = `the cluster would not take its manifest: ${against.map(({ object, path, message }) => `${object}${path === null ? '' : ` ${path}`}: ${message}`).join('; ')}`;
    return { ...asked, model: null, manifest: null, refused };
  }
  const parameters = draft.assumptions.map((value) => ({ name: 'assumed', value, said: false }));
  const problems = [...checked.problems, ...withheld(checked.objects)];
  const manifest = { ...checked, problems, template: null, parameters, model: draft.model, refused: null };
  return { ...asked, model: draft.model, manifest, refused: null };
}

/** Secrets of a description never leave, so a person puts them in. */
function withheld(objects: GeneratedManifest['objects']): Problem[] {
  const message = `A value of the description was not told to the model: put it in where ${redacted} stands.`;
  return objects
    .filter((object) => JSON.stringify(object).includes(redacted))
    .map((object) => ({ source: 'policy', advice: false, code: 'value-withheld', object: objectLabel(object), path: null, message }));
}
