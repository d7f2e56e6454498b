import { useMessages } from '../../messages/language.ts';
import { Field, Tick } from '../../ui/field.tsx';

export const noOptions = { wait: false, timeoutSeconds: 300, forceConflicts: false };

/** What Helm is told besides. */
export type OptionName = 'createNamespace' | 'wait' | 'rollbackOnFailure' | 'forceConflicts' | 'keepHistory';

interface OperationOptionsProps<Options> {
  options: Options;
  /** In the order in which they are asked. */
  offered: readonly (OptionName & keyof Options)[];
  onChange(options: Options): void;
}

export function OperationOptions<Options extends { timeoutSeconds: number } & Partial<Record<OptionName, boolean>>>({
  options,
  offered,
  onChange,
}: OperationOptionsProps<Options>) {
  const words = useMessages().helm.form;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="text-soft text-xs">{words.options}</legend>
      {offered.map((name) => (
        <Tick key={name} label={words[name]} checked={options[name] === true} onChange={(event) => onChange({ ...options, [name]: event.target.checked })} />
      ))}
      <Field
        className="w-44"
        type="number"
        min={1}
        max={3600}
        label={words.timeout}
        value={options.timeoutSeconds}
        onChange={(event) => onChange({ ...options, timeoutSeconds: Number(event.target.value) })}
      />
    </fieldset>
  );
}
