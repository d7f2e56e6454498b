import type { Act } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

/** `Deployment shop/web`; empty for what is about no object. */
export function targetText({ target }: Pick<Act, 'target'>): string {
  if (target === null) return '';
  return `${target.kind} ${target.namespace === null ? '' : `${target.namespace}/`}${target.name}`;
}

/** `change.setImage` as words: `set image`; other families keep their first word: `pod exec`. The same in every language, as the ledger and `qd` name it. */
export function actionText(action: string): string {
  const words = action
    .replace(/^change\./, '')
    .replace('.', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.toLowerCase();
}

export interface ActEnd {
  state: 'healthy' | 'critical' | 'paused' | 'unknown';
  text: string;
}

/** How an act ended. One that was cut off may have happened: only the cluster knows. */
export function endOf({ result }: Pick<Act, 'result'>, words: Messages['audit']['ends']): ActEnd {
  if (result === null) return { state: 'unknown', text: words.unknown };
  if (result.outcome === 'done') return { state: 'healthy', text: words.done };
  return result.outcome === 'failed' ? { state: 'critical', text: words.failed } : { state: 'paused', text: words.cancelled };
}
