import type { SectionAccount } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';

/** What became of everything that was known: how much of it left, what was cut, hidden or kept here. */
export function ContextAccount({ sections }: { sections: readonly SectionAccount[] }) {
  const messages = useMessages().modelRuns;
  const { language } = usePreferences();
  return (
    <table className="w-full">
      <thead className="text-left text-soft text-xs">
        <tr>
          <th className="py-1 font-normal">{messages.section}</th>
          <th className="py-1 text-right font-normal">{messages.columns.tokens}</th>
          <th className="py-1 pl-4 font-normal">{messages.became}</th>
        </tr>
      </thead>
      <tbody>
        {sections.map((section) => (
          <tr key={section.id} className="border-line/60 border-t align-top">
            <td className="py-0.5 pr-2">{section.title}</td>
            <td className="py-0.5 text-right">
              {section.tokens.toLocaleString(language)}
              {section.fullTokens > section.tokens && <span className="text-soft"> / {section.fullTokens.toLocaleString(language)}</span>}
            </td>
            <td className="break-words py-0.5 pl-4 text-soft">
              {[
                section.withheld === null ? '' : messages.withheld(section.withheld),
                section.cut ?? '',
                section.redacted === 0 ? '' : messages.redacted(section.redacted),
                section.aliased === 0 ? '' : messages.aliased(section.aliased),
              ]
                .filter((text) => text !== '')
                .join(' · ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
