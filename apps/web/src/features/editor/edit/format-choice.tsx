import { useMessages } from '../../../messages/language.ts';
import type { TextFormat } from './editable.ts';

interface FormatChoiceProps {
  format: TextFormat;
  disabled: boolean;
  onFormat(format: TextFormat): void;
}

const formats: readonly TextFormat[] = ['yaml', 'json'];

/** Which of the two ways an object is written in. */
export function FormatChoice({ format, disabled, onFormat }: FormatChoiceProps) {
  const words = useMessages().editor;
  return (
    <fieldset className="flex rounded border border-line p-0.5">
      <legend className="sr-only">{words.format}</legend>
      {formats.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === format}
          disabled={disabled}
          onClick={() => onFormat(each)}
          className="h-6 rounded-[4px] px-2 text-soft text-xs uppercase hover:text-ink aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-ink"
        >
          {each}
        </button>
      ))}
    </fieldset>
  );
}
