import { type IssueDetail, refKey } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Section } from '../../ui/section.tsx';
import { CoverageList } from '../issues/coverage-list.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';

/** What could not be looked at, of this issue and elsewhere, and what another found. Nothing where all was seen. */
export function NotSeen({ issue }: { issue: IssueDetail }) {
  const messages = useMessages().issueDetail;
  const { state } = useIssuesFeed();
  const coverage = state?.coverage ?? null;
  const isPartial = coverage !== null && !coverage.complete && coverage.skipped.length > 0;
  const others = issue.sources?.filter(({ source }) => source !== 'quarterdeck') ?? [];
  return (
    <>
      {(issue.notSeen.length > 0 || isPartial) && (
        <Section title={messages.notSeen}>
          <ul className="flex flex-col gap-1 text-soft">
            {issue.notSeen.map((item) => (
              <li key={item} className="break-words">
                {item}
              </li>
            ))}
            {isPartial && (
              <li>
                {messages.restOfCluster}: <CoverageList coverage={coverage} />
              </li>
            )}
          </ul>
        </Section>
      )}
      {others.length > 0 && (
        <Section title={messages.alsoFoundBy}>
          <ul className="flex flex-col gap-2">
            {others.map(({ object, text }) => (
              <li key={object === null ? text : refKey(object)} className="break-words">
                {text} {object !== null && <ObjectChip object={object} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
