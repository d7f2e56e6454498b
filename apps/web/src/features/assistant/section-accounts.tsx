import type { SectionAccount } from '@quarterdeck/contract';
import { Plus, X } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { Button } from '../../ui/button.tsx';

interface SectionAccountsProps {
  sections: readonly SectionAccount[];
  /** Ids of those that were taken out; they are listed by the title that they had. */
  without?: ReadonlyMap<string, string>;
  /** Left out where nothing can be changed any more. */
  onWithout?: (id: string, title: string, out: boolean) => void;
}

/** What became of each part of what is known: how much of it goes, what was cut, hidden and replaced. */
export function SectionAccounts({ sections, without = new Map(), onWithout }: SectionAccountsProps) {
  const messages = useMessages().assistant;
  return (
    <ul className="flex flex-col">
      {sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: several may have the same id.
        <li key={index} className="flex items-start gap-2 border-b py-1">
          <Account section={section} />
          {onWithout !== undefined && (
            <Button
              look="icon"
              aria-label={messages.takeOut(section.title)}
              title={messages.takeOut(section.title)}
              onClick={() => onWithout(section.id, section.title, true)}
            >
              <X />
            </Button>
          )}
        </li>
      ))}
      {[...without].map(([id, title]) => (
        <li key={id} className="flex items-center gap-2 border-b py-1 text-soft">
          <s className="min-w-0 grow break-words">{title}</s>
          {onWithout !== undefined && (
            <Button look="icon" aria-label={messages.putBack(title)} title={messages.putBack(title)} onClick={() => onWithout(id, title, false)}>
              <Plus />
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Account({ section: { title, tokens, fullTokens, cut, redacted, aliased, withheld } }: { section: SectionAccount }) {
  const messages = useMessages().assistant;
  const { language } = usePreferences();
  const notes = [
    withheld === null ? '' : messages.withheld,
    cut === null ? '' : messages.sectionCut(cut),
    redacted === 0 ? '' : messages.redactions(redacted),
    aliased === 0 ? '' : messages.aliases(aliased),
  ].filter((note) => note !== '');
  return (
    <div className="min-w-0 grow">
      <div className="flex gap-2">
        <span className="min-w-0 grow break-words">{title}</span>
        <span className="shrink-0 text-soft tabular-nums">
          {cut === null ? tokens.toLocaleString(language) : messages.sectionTokens(tokens.toLocaleString(language), fullTokens.toLocaleString(language))}
        </span>
      </div>
      {notes.length > 0 && <p className="break-words text-soft text-xs">{notes.join(' · ')}</p>}
    </div>
  );
}
