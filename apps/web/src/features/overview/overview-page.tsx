import { useMessages } from '../../messages/language.ts';
import { IssuesStatus } from '../issues/issues-status.tsx';
import { BrokenPart } from './broken-part.tsx';
import { CapacityPart } from './capacity-part.tsx';
import { ChangesPart } from './changes-part.tsx';
import { PlacesPart } from './places-part.tsx';
import { RunsPart } from './runs-part.tsx';
import { WhereLine } from './where-line.tsx';

/** The first screen: what is broken and why, what changed, what runs and what room there is. Each part stands by itself. */
export function OverviewPage() {
  const messages = useMessages().overview;
  return (
    <>
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto flex max-w-[82rem] flex-col gap-6 px-4 pt-3 pb-10 lg:px-6">
          <h1 className="sr-only">{messages.title}</h1>
          <WhereLine />
          <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:grid-rows-[auto_1fr]">
            <BrokenPart />
            <div className="flex min-w-0 flex-col gap-8 lg:col-start-2 lg:row-span-2">
              <ChangesPart />
              <RunsPart />
              <CapacityPart />
            </div>
            <PlacesPart />
          </div>
        </div>
      </div>
      <IssuesStatus />
    </>
  );
}
