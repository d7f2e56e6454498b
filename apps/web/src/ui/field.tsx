import { type ComponentProps, type ReactNode, useId } from 'react';

const inputStyle = 'mt-1 h-8 w-full rounded border border-line bg-surface px-2 placeholder:text-soft disabled:opacity-55';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  /** What is good to know before typing. */
  note?: ReactNode;
  /** What is wrong with what was typed. */
  problem?: string | null;
}

/** A labelled input; what is wrong with it stands below it and is read out with it. */
export function Field({ label, note, problem = null, className = '', ...input }: FieldProps) {
  const id = useId();
  const described = problem === null && note === undefined ? undefined : `${id}-about`;
  return (
    <div className={className}>
      <label htmlFor={id} className="text-soft text-xs">
        {label}
      </label>
      <input id={id} aria-invalid={problem !== null} aria-describedby={described} className={inputStyle} {...input} />
      {described !== undefined && (
        <p id={described} className={`mt-1 text-xs ${problem === null ? 'text-soft' : 'text-critical'}`}>
          {problem ?? note}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps extends Omit<ComponentProps<'select'>, 'id'> {
  label: string;
  options: readonly { value: string; label: string }[];
}

/** One of a few. */
export function Choice({ label, options, className = '', ...select }: ChoiceProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="text-soft text-xs">
        {label}
      </label>
      <select id={id} className={inputStyle} {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Something that is so or is not. */
export function Tick({ label, ...input }: Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode }) {
  return (
    <label className="flex min-h-6 items-start gap-2">
      <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent-fill" {...input} />
      <span className="min-w-0 break-words">{label}</span>
    </label>
  );
}
