import { yamlLanguage } from '@codemirror/lang-yaml';
import { type Language, StreamLanguage } from '@codemirror/language';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { go } from '@codemirror/legacy-modes/mode/go';
import { javascript, json, typescript } from '@codemirror/legacy-modes/mode/javascript';
import { properties } from '@codemirror/legacy-modes/mode/properties';
import { python } from '@codemirror/legacy-modes/mode/python';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { standardSQL } from '@codemirror/legacy-modes/mode/sql';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import type { CodeProps } from '@quarterdeck/chat';
import { type ReactNode, useMemo } from 'react';

const languages: ReadonlyMap<string, () => Language> = new Map([
  ...entries(() => yamlLanguage, 'yaml', 'yml'),
  ...entries(() => StreamLanguage.define(shell), 'sh', 'bash', 'shell', 'zsh', 'console', 'shell-session'),
  ...entries(() => StreamLanguage.define(json), 'json', 'jsonc'),
  ...entries(() => StreamLanguage.define(javascript), 'js', 'javascript', 'mjs'),
  ...entries(() => StreamLanguage.define(typescript), 'ts', 'typescript', 'tsx'),
  ...entries(() => StreamLanguage.define(go), 'go', 'golang'),
  ...entries(() => StreamLanguage.define(python), 'python', 'py'),
  ...entries(() => StreamLanguage.define(dockerFile), 'dockerfile', 'docker'),
  ...entries(() => StreamLanguage.define(toml), 'toml'),
  ...entries(() => StreamLanguage.define(properties), 'ini', 'properties'),
  ...entries(() => StreamLanguage.define(standardSQL), 'sql'),
]);

function entries(language: () => Language, ...names: string[]): [string, () => Language][] {
  return names.map((name) => [name, language]);
}

/** The same colours as the editor has. */
const colours = tagHighlighter([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.definition(tags.variableName), tags.attributeName], class: 'text-accent' },
  { tag: [tags.string, tags.special(tags.string)], class: 'text-healthy' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.keyword, tags.standard(tags.variableName)], class: 'text-high' },
  { tag: [tags.comment, tags.lineComment], class: 'text-soft italic' },
  { tag: [tags.punctuation, tags.separator, tags.meta, tags.typeName, tags.labelName], class: 'text-soft' },
]);

export function ColouredCode({ code, language }: CodeProps) {
  return useMemo(() => coloured(code, language), [code, language]);
}

function coloured(code: string, language: string): ReactNode {
  const parser = languages.get(language)?.().parser;
  if (parser === undefined) return code;
  const pieces: ReactNode[] = [];
  let at = 0;
  highlightTree(parser.parse(code), colours, (from, to, classes) => {
    if (from > at) pieces.push(code.slice(at, from));
    pieces.push(
      <span key={from} className={classes}>
        {code.slice(from, to)}
      </span>,
    );
    at = to;
  });
  return [...pieces, code.slice(at)];
}
