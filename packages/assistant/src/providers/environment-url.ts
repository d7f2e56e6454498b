/** The variables that say where a provider is, by its id. */
export const urlVariables: Readonly<Record<string, string>> = {
  ollama: 'OLLAMA_HOST',
  azure: 'AZURE_OPENAI_BASE_URL',
  openai: 'OPENAI_BASE_URL',
  anthropic: 'ANTHROPIC_BASE_URL',
};

/** OLLAMA_HOST as Ollama itself reads it, and the base URLs that the vendors' own programs know. */
export function urlOfEnvironment(id: string, environment: Readonly<Record<string, string | undefined>>): string | null {
  const text = environment[urlVariables[id] ?? '']?.trim();
  if (!text) return null;
  const url = /^https?:\/\//.test(text) ? text : `http://${text.replace(/^0\.0\.0\.0/, '127.0.0.1')}${/:\d+$/.test(text) ? '' : ':11434'}`;
  return URL.canParse(url) ? url : null;
}
