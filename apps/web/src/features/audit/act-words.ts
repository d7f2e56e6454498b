import type { Act } from '@quarterdeck/contract';

/** `Deployment shop/web`; empty for what is about no object. */
export function targetText({ target }: Pick<Act, 'target'>): string {
  if (target === null) return '';
  return `${target.kind} ${target.namespace === null ? '' : `${target.namespace}/`}${target.name}`;
}

/** `change.setImage` as words: `set image`; other families keep their first word: `pod exec`. */
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
export function endOf({ result }: Pick<Act, 'result'>): ActEnd {
  if (result === null) return { state: 'unknown', text: 'not known' };
  if (result.outcome === 'done') return { state: 'healthy', text: 'done' };
  return result.outcome === 'failed' ? { state: 'critical', text: 'failed' } : { state: 'paused', text: 'cancelled' };
}
