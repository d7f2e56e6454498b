/** The commands that take a sentence in place of arguments, as `verbsWithWords` of the grammar; here as well so that no other command loads it. */
export const wordVerbs: readonly string[] = [
  ...['get', 'describe', 'logs', 'events', 'top', 'wait', 'explain', 'port-forward'],
  ...['scale', 'delete', 'rollout', 'cordon', 'uncordon', 'drain', 'label', 'annotate', 'suspend', 'unsuspend'],
];

/** Whether the first argument of such a command is a sentence: several words in quotes, or `""`. */
export function isSentence(args: readonly string[]): boolean {
  const [verb, first] = args;
  return verb !== undefined && wordVerbs.includes(verb) && first !== undefined && !first.startsWith('-') && /\S\s+\S/.test(first);
}
