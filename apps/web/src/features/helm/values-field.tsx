import { useId } from 'react';
import { useMessages } from '../../messages/language.ts';
import { YamlBlock } from './release-values.tsx';

interface ValuesFieldProps {
  values: string;
  /** What was given at the present revision; empty where there is none. */
  present: string;
  problem: string | null;
  onChange(values: string): void;
}

/** Values as YAML, with those of the present revision one line away. */
export function ValuesField({ values, present, problem, onChange }: ValuesFieldProps) {
  const messages = useMessages().helm;
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="text-soft text-xs">
        {messages.form.values}
      </label>
      <textarea
        id={id}
        rows={Math.min(18, Math.max(6, values.split('\n').length + 1))}
        value={values}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 w-full resize-y rounded border border-line bg-surface px-2 py-1.5 font-mono text-code"
      />
      {problem !== null && (
        <p id={`${id}-problem`} className="mt-1 text-critical text-xs">
          {problem}
        </p>
      )}
      {present !== '' && (
        <details className="mt-1">
          <summary className="cursor-pointer text-soft text-xs">{messages.userValues}</summary>
          <div className="mt-1">
            <YamlBlock yaml={present} />
          </div>
        </details>
      )}
    </div>
  );
}
