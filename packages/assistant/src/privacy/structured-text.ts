import { maySpeakOfSecrets, type RedactionOptions, redactJson } from '@quarterdeck/cluster';
import { parseAllDocuments, stringify } from 'yaml';

/**
 * YAML or JSON without the secrets that its structure tells; as it was written where there are none. Null for what can't
 * be parsed.
 */
export function redactStructure(text: string, form: 'yaml' | 'json', options: RedactionOptions): string | null {
  // Structure tells by names alone; parsing takes longer than all the rest.
  if (!maySpeakOfSecrets(text)) return text;
  return form === 'json' ? redactJsonText(text, options) : redactYaml(text, options);
}

function redactJsonText(text: string, options: RedactionOptions): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const hidden = redactJson(value, options);
    if (JSON.stringify(hidden) === JSON.stringify(value)) return text;
    return JSON.stringify(hidden, null, text.includes('\n') ? 2 : 0);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function redactYaml(text: string, options: RedactionOptions): string | null {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null;
  const values: unknown[] = documents.map((document) => document.toJS({ maxAliasCount: 100 }));
  const hidden = values.map((value) => redactJson(value, options));
  if (JSON.stringify(hidden) === JSON.stringify(values)) return text;
  return hidden.map((value) => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}
