import { useMemo } from 'react';
import { type YamlToken, yamlLines } from './yaml-tokens.ts';

const colours: Record<YamlToken['kind'], string> = {
  key: 'text-accent',
  string: 'text-healthy',
  number: 'text-high',
  word: 'text-pending',
  comment: 'text-soft italic',
  mark: 'text-soft',
  plain: '',
};

/** A line that is too long goes on a little deeper than it began. */
function hanging(indent: number) {
  return { paddingLeft: `${indent + 2}ch`, textIndent: `-${indent + 2}ch` };
}

export function YamlView({ yaml }: { yaml: string }) {
  const lines = useMemo(() => yamlLines(yaml), [yaml]);
  return (
    <pre className="whitespace-pre-wrap break-words p-4 font-mono text-code">
      {lines.map(({ indent, tokens }, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
        <div key={number} className="min-h-[1.125rem]" style={hanging(indent)}>
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
