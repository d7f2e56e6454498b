import type { HelmRelease } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Choice } from '../../ui/field.tsx';
import { YamlView } from '../objects/yaml-view.tsx';

/** The values: what was given, or all that the templates saw. */
export function ReleaseValues({ release: { values, hidden } }: { release: HelmRelease }) {
  const messages = useMessages().helm;
  const [which, setWhich] = useState<'user' | 'all'>(values.user === '' ? 'all' : 'user');
  const shown = values[which];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Choice
          label={messages.whichValues}
          value={which}
          onChange={(event) => setWhich(event.target.value === 'all' ? 'all' : 'user')}
          options={[
            { value: 'user', label: messages.userValues },
            { value: 'all', label: messages.allValues },
          ]}
          className="w-52"
        />
        {shown !== '' && <CopyButton text={shown} label={messages.copyValues} />}
      </div>
      {hidden > 0 && <p className="text-soft">{messages.hidden(hidden)}</p>}
      {shown === '' ? <p className="text-soft">{messages.noValues}</p> : <YamlBlock yaml={shown} />}
    </div>
  );
}

/** YAML in a frame of its own. */
export function YamlBlock({ yaml }: { yaml: string }) {
  return (
    <div className="rounded border bg-sunken [&_pre]:px-3 [&_pre]:py-2">
      <YamlView yaml={yaml} />
    </div>
  );
}
