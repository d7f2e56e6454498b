import { type DebugProfile, debugProfiles } from '@quarterdeck/contract';
import { useId } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Choice, Field } from '../../ui/field.tsx';
import type { DebugChoice } from './debug-choice.ts';

interface DebugFieldsProps {
  choice: DebugChoice;
  /** Those that the node has already. */
  images: readonly string[];
  /** What a profile is called. */
  nameOf(profile: DebugProfile): string;
  onChange(choice: DebugChoice): void;
}

/** The image and what it may do. */
export function DebugFields({ choice, images, nameOf, onChange }: DebugFieldsProps) {
  const id = useId();
  const messages = useMessages().shells;
  const known = images.includes(choice.image);
  return (
    <>
      <div className="min-w-0">
        <Field
          label={messages.image}
          list={id}
          required
          value={choice.image}
          spellCheck={false}
          autoComplete="off"
          note={known ? messages.imageOnNode : messages.imagePulled}
          onChange={(event) => onChange({ ...choice, image: event.target.value })}
        />
        <datalist id={id}>
          {images.map((image) => (
            <option key={image} value={image} />
          ))}
        </datalist>
      </div>
      <Choice
        label={messages.profile}
        value={choice.profile}
        options={debugProfiles.map((value) => ({ value, label: nameOf(value) }))}
        onChange={(event) => onChange({ ...choice, profile: debugProfiles.find((each) => each === event.target.value) ?? choice.profile })}
      />
    </>
  );
}
