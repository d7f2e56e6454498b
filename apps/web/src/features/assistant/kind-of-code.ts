const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'shell', 'zsh', 'console', 'shell-session']);
const tools = /^(?:sudo )?(?:kubectl|helm|k9s|kustomize|qd|curl|dig|docker|crictl|ps|cat|grep)\b/;

/** The command that a block of code is, without the prompt of the terminal it was copied from; null for what is none. */
export function commandIn(code: string, language: string): string | null {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  const prompted = lines.filter((line) => /^[$#] /.test(line));
  if (!shells.has(language) && !(language === '' && tools.test(first.replace(/^[$] /, '')))) return null;
  // Of what was copied with prompts, all else is output.
  const commands = prompted.length > 0 && /^\$ /.test(first) ? prompted.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2)) : lines;
  return commands.length === 0 ? null : commands.join('\n');
}

/** YAML or JSON that says what it is. */
export function isManifest(code: string, language: string): boolean {
  if (language !== '' && !['yaml', 'yml', 'json'].includes(language)) return false;
  return /^\s*(?:["']?apiVersion["']?\s*:)/m.test(code) && /^\s*(?:["']?kind["']?\s*:)/m.test(code);
}
