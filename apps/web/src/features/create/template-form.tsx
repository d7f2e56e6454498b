import type { FormField, ManifestForm } from '@quarterdeck/contract';
import { useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Field, Tick } from '../../ui/field.tsx';
import { fieldProblem } from './field-problem.ts';
import { canFill, type FieldValue, partsIn, valueIn, withPart, withValue } from './form-values.ts';
import { PairsField } from './pairs-field.tsx';
import { wordOf } from './word-of.ts';

interface TemplateFormProps {
  form: ManifestForm;
  text: string;
  namespaces: readonly string[];
  onText(text: string): void;
}

/** The form and the text are two views of the same: what one changes in one of them is in the other. */
export function TemplateForm({ form, text, namespaces, onText }: TemplateFormProps) {
  const words = useMessages().create;
  if (!canFill(text)) return <p className="text-soft">{words.formUnreadable}</p>;
  const included = partsIn(text, form);
  const optional = form.parts.filter((part) => part.optional);
  return (
    <form aria-label={words.form} className="flex flex-col gap-3" onSubmit={(event) => event.preventDefault()}>
      {optional.length > 0 && (
        <fieldset>
          <legend className="text-soft text-xs">{words.parts}</legend>
          {optional.map(({ id }) => (
            <Tick
              key={id}
              label={wordOf(words.partNames, id)}
              checked={included.has(id)}
              onChange={() => onText(withPart(text, form, id, !included.has(id)))}
            />
          ))}
        </fieldset>
      )}
      {form.fields.map((field) => {
        const value = valueIn(text, form, field);
        const onChange = (next: FieldValue) => onText(withValue(text, form, field, next));
        return value === null ? null : <FormRow key={field.id} field={field} value={value} namespaces={namespaces} onChange={onChange} />;
      })}
    </form>
  );
}

interface FormRowProps {
  field: FormField;
  value: FieldValue;
  namespaces: readonly string[];
  onChange(value: FieldValue): void;
}

function FormRow({ field, value, namespaces, onChange }: FormRowProps) {
  const words = useMessages().create;
  const known = useId();
  const label = wordOf(words.fields, field.id);
  if (typeof value === 'string') {
    const list = field.id === 'namespace' ? { list: known } : {};
    return (
      <>
        <Field
          label={label}
          value={value}
          problem={fieldProblem(field, value, words.problems)}
          inputMode={field.type === 'number' ? 'numeric' : 'text'}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
          {...list}
        />
        {field.id === 'namespace' && (
          <datalist id={known}>
            {namespaces.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        )}
      </>
    );
  }
  const pairs = value.flatMap((item) => (typeof item === 'string' ? [] : [item]));
  if (field.type !== 'list') return <PairsField label={label} pairs={pairs} onChange={onChange} />;
  return <ListField label={label} items={value.filter((item) => typeof item === 'string')} onChange={onChange} />;
}

/** Texts with spaces between; what is half typed stays until it is one. */
function ListField({ label, items, onChange }: { label: string; items: readonly string[]; onChange(items: readonly string[]): void }) {
  const [typed, setTyped] = useState(items.join(' '));
  const shown = wordsIn(typed).join(' ') === items.join(' ') ? typed : items.join(' ');
  return (
    <Field
      label={label}
      value={shown}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(wordsIn(event.target.value));
      }}
    />
  );
}

function wordsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
