import { wordVerbs } from './word-verbs.ts';

/** A part of a goal: the command's verb, and the sentence after it. */
export interface GoalStep {
  verb: string;
  sentence: string;
}

/** What people say for a command, at the beginning of a part. */
const said: Readonly<Record<string, string>> = {
  show: 'get',
  list: 'get',
  remove: 'delete',
  kill: 'delete',
  restart: 'rollout',
  redeploy: 'rollout',
  undo: 'rollout',
  rollback: 'rollout',
  'roll back': 'rollout',
  pause: 'rollout',
  resume: 'rollout',
  empty: 'drain',
};

/** These stay in the sentence: which part of `rollout` it is. */
const kept = new Set(['rollout']);

/** `scale web to 5, then restart api`: its parts; null where one does not begin with a command. */
export function stepsOfGoal(goal: string): GoalStep[] | null {
  const parts = goal
    .split(/\s*(?:[;,]\s*(?:and\s+)?then\b|;|\band then\b|\bthen\b)\s*/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const steps = parts.map(stepOf);
  return steps.length > 0 && steps.every((step) => step !== null) ? steps : null;
}

function stepOf(part: string): GoalStep | null {
  const two = part.split(/\s+/).slice(0, 2).join(' ').toLowerCase();
  const [first = ''] = part.toLowerCase().split(/\s+/);
  const word = said[two] === undefined ? first : two;
  const verb = wordVerbs.includes(first) ? first : said[word];
  if (verb === undefined) return null;
  const rest = part.slice(wordVerbs.includes(first) ? first.length : word.length).trim();
  return { verb, sentence: kept.has(verb) && verb !== first ? part : rest };
}
