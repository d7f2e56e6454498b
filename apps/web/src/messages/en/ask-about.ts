/** Questions that are laid before the assistant where somebody points at something. */
export const askAbout = {
  action: 'Ask about this',
  objects: (count: number) => `Ask about ${count} objects`,
  object: (kind: string, name: string) => `What should I know about ${kind} ${name}? Is it all right?`,
  several: (count: number) => `What should I know about these ${count} objects? Which of them are not all right?`,
  issue: (title: string) => `Why does this happen, and what should I do first? ${title}`,
  evidence: (text: string) => `What does this tell about the cause? ${text}`,
  event: (reason: string, kind: string, name: string) => `What does the event ${reason} on ${kind} ${name} mean, and what should I do?`,
  lines: (count: number): string => (count === 1 ? 'What does this line of the log mean?' : `What do these ${count} lines of the log say?`),
  yaml: 'What does this part do, and is anything wrong with it?',
  terminal: (failed: boolean): string => (failed ? 'Why did this command fail, and what should I run instead?' : 'What does this output say?'),
  size: (kind: string, name: string) => `Which requests, limits and replicas fit ${kind} ${name}, and why?`,
  word: (word: string) => `What does “${word}” mean here, and what should I do about it?`,
};
