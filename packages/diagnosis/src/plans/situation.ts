import type { RemedyStep } from '../model/remedy.ts';

/** What a person said of the situation, as far as it turns choices of a plan. */
export interface Situation {
  noRestart: boolean;
  noRollback: boolean;
  keepImage: boolean;
  temporary: boolean;
  /** The objects come from a repository, a chart or a pipeline. */
  fromSource: boolean;
  /** What of it no choice depends on, as it was said. */
  unused: string[];
}

type Wish = Exclude<keyof Situation, 'unused'>;

const not = String.raw`\b(?:do(?:n['’]?t| not)|must(?:n['’]?t| not)|can(?:not|['’]?t| not)|may not|should(?:n['’]?t| not)|no|never|without|avoid)\b[^.;]*`;

/** The words that are understood; whatever else is said is kept with the plan and turns nothing. */
const meanings: readonly (readonly [Wish, RegExp])[] = [
  ['noRestart', new RegExp(`${not}\\b(?:restart|reboot|bounc|downtime|disrupt|interrupt)`, 'i')],
  ['noRollback', new RegExp(`${not}\\b(?:roll(?:ing|ed)?[ -]?back|rollout undo|undo|revert|go(?:ing)? back|downgrad)`, 'i')],
  [
    'keepImage',
    new RegExp(
      `\\bimage\\b[^.;]*\\b(?:is|are)\\b[^.;]*\\b(?:right|correct|ok|okay|fine|intended|wanted)\\b|\\b(?:keep|leave)\\b[^.;]*\\bimage\\b|${not}\\bchang\\w*\\b[^.;]*\\bimage\\b`,
      'i',
    ),
  ],
  ['temporary', /\b(?:only|just)\b[^.;]*\b(?:tonight|today|now|until|weekend|morning)\b|\btemporar|\bworkaround\b|\bfor now\b|\bstop-?gap\b/i],
  [
    'fromSource',
    /\bgit[ -]?ops\b|\bargo(?: ?cd)?\b|\bflux\b|\bterraform\b|\bpulumi\b|\bhelm\b|\bkustomize\b|\b(?:managed|deployed|comes?|kept) (?:by|in|from|through|with) (?:git|a chart|a pipeline|ci)\b/i,
  ],
];

/** Reads a person's own words, sentence by sentence. Only fixed phrases count; nothing of it is ever executed. */
export function situationOf(userContext: string): Situation {
  const situation: Situation = { noRestart: false, noRollback: false, keepImage: false, temporary: false, fromSource: false, unused: [] };
  const sentences = userContext.split(/(?<=[.!?;])\s+|[\n\r]+|,?\s+but\s+/).map((part) => part.replace(/\s+/g, ' ').trim());
  for (const sentence of sentences.filter((part) => part !== '')) {
    const understood = meanings.filter(([, pattern]) => pattern.test(sentence));
    for (const [wish] of understood) situation[wish] = true;
    if (understood.length === 0) situation.unused.push(sentence.replace(/[.;]+$/, ''));
  }
  return situation;
}

const restarting: readonly (readonly string[])[] = [
  ['rollout', 'restart'],
  ['rollout', 'undo'],
  ['rollout', 'resume'],
  ['set', 'image'],
  ['set', 'env'],
  ['set', 'resources'],
  ['set', 'serviceaccount'],
];
const withTemplate = new Set(['deployment', 'statefulset', 'daemonset', 'deploy', 'sts', 'ds']);

/** Whether a step makes new pods take the place of those that run. */
export function restartsPods({ kubectl }: Pick<RemedyStep, 'kubectl'>): boolean {
  if (kubectl === null) return false;
  if (restarting.some(([verb, second]) => kubectl[0] === verb && kubectl[1] === second)) return !kubectl.some((word) => /^cronjobs?\//.test(word));
  const kind = (kubectl[1] ?? '').split('/')[0] ?? '';
  return kubectl[0] === 'patch' && withTemplate.has(kind) && kubectl.some((word) => /"\/spec\/template\/|"template"\s*:/.test(word));
}

export function goesBack({ kubectl }: Pick<RemedyStep, 'kubectl'>): boolean {
  return kubectl?.[0] === 'rollout' && kubectl[1] === 'undo';
}

export function changesImage({ kubectl }: Pick<RemedyStep, 'kubectl'>): boolean {
  if (kubectl === null) return false;
  return (kubectl[0] === 'set' && kubectl[1] === 'image') || (kubectl[0] === 'patch' && kubectl.some((word) => /\/image"|"image"\s*:/.test(word)));
}

/** Why a step is not one for this situation; null where it is. `undoesImage`: going back would bring another image. */
export function objectionTo(step: Pick<RemedyStep, 'kubectl'>, situation: Situation, undoesImage: boolean): string | null {
  if (situation.noRollback && goesBack(step)) return 'It goes back, which you said must not be.';
  if (situation.keepImage && (changesImage(step) || (undoesImage && goesBack(step)))) return 'It changes the image, which you said is right.';
  return situation.noRestart && restartsPods(step) ? 'It restarts pods, which you said must not be.' : null;
}
