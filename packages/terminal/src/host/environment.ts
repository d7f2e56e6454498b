import { basename } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** What belongs to the workbench, to what started it, or to the terminal in which it was started. */
const notForShells = [
  /^QUARTERDECK_/,
  /^OTEL_/,
  /^NODE_(OPTIONS|CHANNEL_FD|CHANNEL_SERIALIZATION_MODE|UNIQUE_ID|ENV)$/,
  /^npm_/i,
  /^INIT_CWD$/,
  /^TMUX/,
  /^STY$/,
  /^VSCODE_/,
  /^(WINDOWID|TERMCAP|COLUMNS|LINES|TERM_SESSION_ID)$/,
  /^PORT$/,
  /^VITEST/,
  /^CI$/,
  // Keys of models: the workbench uses them, and nothing that runs in a terminal must find them by accident.
  /_API_KEY$/,
  /^(ANTHROPIC|OPENAI|AZURE_OPENAI|GEMINI|MISTRAL|OLLAMA|CLAUDE|CODEX)_.*(KEY|TOKEN)$/,
];

/** The person's own environment, as a shell of theirs would have had it before the workbench was started. */
export function shellEnvironment(environment: Environment): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !notForShells.some((pattern) => pattern.test(name)));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** What says to programs which terminal they are in. */
export function terminalVariables(session: string, version: string): Record<string, string> {
  return { TERM: 'xterm-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'quarterdeck', TERM_PROGRAM_VERSION: version, QUARTERDECK_TERMINAL: session };
}

/** As the person has it after logging in: what they set in their profile is there. */
export function loginArguments(shell: string): string[] {
  return ['bash', 'zsh', 'fish', 'ksh', 'sh', 'dash'].includes(basename(shell)) ? ['-l'] : [];
}
