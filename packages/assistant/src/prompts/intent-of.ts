import type { Focus, Intent } from '../sources/context-source.ts';

const words: readonly [Intent, RegExp][] = [
  [
    'create',
    /\b(?:create|generate|write|make|scaffold|draft)\b.*\b(?:manifest|yaml|deployment|service|ingress|cronjob|job|policy|configmap|namespace|role|chart|pod|statefulset|hpa|pdb)\b/i,
  ],
  ['optimise', /\b(?:optimi[sz]e|right-?siz\w*|cheaper|cost|waste|over-?provisioned|requests? and limits|save|tune|scale better)\b/i],
  [
    'troubleshoot',
    /\b(?:why|fail\w*|broken|crash\w*|error\w*|wrong|down|stuck|pending|restart\w*|unhealthy|not (?:ready|working|starting|running)|cause|fix|debug|timeouts?|slow|oom\w*|5\d\d)\b/i,
  ],
  ['explain', /\b(?:what (?:is|are|does)|explain|how (?:do|does|can|to)|meaning|difference|describe)\b/i],
];

/** What a question is after; where it does not say, an open issue decides. */
export function intentOf(question: string, focus: Focus): Intent {
  return words.find(([, pattern]) => pattern.test(question))?.[0] ?? (focus.issueId === null ? 'explain' : 'troubleshoot');
}
