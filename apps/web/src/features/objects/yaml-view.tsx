import { useMemo } from 'react';
import { type YamlToken, yamlTokens } from './yaml-tokens.ts';

const colours: Record<YamlToken['kind'], string> = {
  key: 'text-accent',
  string: 'text-healthy',
  number: 'text-high',
  word: 'text-pending',
  comment: 'text-soft italic',
  mark: 'text-soft',
  plain: '',
};

export function YamlView({ yaml }: { yaml: string }) {
  const lines = useMemo(() => yaml.replace(/\n$/, '').split('\n').map(yamlTokens), [yaml]);
  return (
    <pre className="whitespace-pre-wrap break-words p-4 font-mono text-code">
      {lines.map((tokens, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
        <div key={number} className="min-h-[1.125rem]">
          {tokens.map((token) => (
            <span key={token.kind} className={colours[token.kind]}>
              {token.text}
            </span>
          ))}
        </div>
      ))}
    </pre>
  );
}
