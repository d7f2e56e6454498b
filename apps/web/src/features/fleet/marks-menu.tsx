import { Popover } from '@base-ui/react/popover';
import type { Cluster } from '@quarterdeck/contract';
import { Palette } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { clusterColour, clusterHues } from '../../theme/cluster-colour.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { Tick } from '../../ui/field.tsx';
import { PopoverButton } from '../../ui/popover-button.tsx';
import { markCluster, useClusterMarks } from '../clusters/use-cluster-marks.ts';

/** The colour of a cluster, and whether it is production, where its name says too little or the wrong thing. */
export function MarksMenu({ cluster: { id, name, production } }: { cluster: Cluster }) {
  const messages = useMessages().fleet;
  const marks = useClusterMarks();
  const { hue } = marks.of(id);
  return (
    <PopoverButton face={<Palette />} look={buttonStyles.icon} label={messages.mark(name)} align="end" panel="flex w-72 max-w-[94vw] flex-col gap-3 p-3">
      <Popover.Title className="font-medium">{messages.mark(name)}</Popover.Title>
      <Tick
        label={messages.isProduction}
        checked={marks.isProduction(id)}
        disabled={production}
        onChange={({ target }) => markCluster(id, { production: target.checked })}
      />
      {production && <p className="text-soft text-xs">{messages.toldProduction}</p>}
      <fieldset>
        <legend className="mb-1 text-soft text-xs">{messages.colour}</legend>
        <div className="flex flex-wrap gap-2">
          <label className="flex items-center gap-1">
            <input type="radio" name={`hue-${id}`} checked={hue === undefined} onChange={() => markCluster(id, { hue: undefined })} />
            {messages.automatic}
          </label>
          {clusterHues.map((each, index) => (
            <label key={each} className="flex items-center gap-1" title={messages.hue(index + 1)}>
              <input
                type="radio"
                name={`hue-${id}`}
                aria-label={messages.hue(index + 1)}
                checked={hue === each}
                onChange={() => markCluster(id, { hue: each })}
              />
              <span aria-hidden="true" className="size-4 rounded-full" style={{ background: clusterColour(each) }} />
            </label>
          ))}
        </div>
      </fieldset>
      <p className="text-soft text-xs">{messages.marksNote}</p>
    </PopoverButton>
  );
}
