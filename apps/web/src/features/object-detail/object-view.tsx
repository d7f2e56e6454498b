import { Tabs } from '@base-ui/react/tabs';
import { Suspense } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { TerminatingNotice } from '../deletion/terminating-notice.tsx';
import { AbsentNotice, DeletedNotice } from './absence-notice.tsx';
import { allObjectSections } from './all-object-sections.ts';
import type { ObjectSection, ObjectSectionProps } from './object-section.ts';
import { chooseSection } from './section-choice.ts';

interface ObjectViewProps extends ObjectSectionProps {
  /** As the URL names it. */
  section: string | undefined;
  onSection(id: string): void;
}

/** All that is known of an object, a section at a time; the drawer and the page differ in what stands around it. */
export function ObjectView({ section, onSection, ...subject }: ObjectViewProps) {
  const messages = useMessages();
  const { object, open } = subject;
  const { offered, chosen } = chooseSection(allObjectSections, object, open, section);
  return (
    <Tabs.Root value={chosen?.id ?? null} onValueChange={(id) => onSection(String(id))} className="flex h-full min-h-0 flex-col">
      <Tabs.List aria-label={messages.objectDetail.sections} className="flex shrink-0 gap-4 overflow-x-auto overflow-y-hidden border-b px-4">
        {offered.map(({ id, label }) => (
          <Tabs.Tab
            key={id}
            value={id}
            className="-mb-px h-9 shrink-0 border-transparent border-b-2 text-soft outline-offset-[-2px] hover:text-ink data-active:border-accent-fill data-active:text-ink"
          >
            {label(messages)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {open.presence === 'deleted' && <DeletedNotice />}
      {open.presence === 'there' && <TerminatingNotice object={object} known={open.known} />}
      {open.presence === 'absent' && <AbsentNotice object={object} />}
      {open.error !== null && (
        <div className="shrink-0 p-4 pb-0">
          <ErrorNotice what={messages.objectDetail.notRead} error={open.error} onRetry={open.retry} />
        </div>
      )}
      {chosen !== null && <SectionPanel key={chosen.id} section={chosen} {...subject} />}
    </Tabs.Root>
  );
}

function SectionPanel({ section, ...subject }: ObjectSectionProps & { section: ObjectSection }) {
  const messages = useMessages();
  const { open } = subject;
  const waits = !section.withoutObject && open.read === null;
  if (waits && open.error !== null) return null;
  const content = waits ? <PanelSkeleton /> : <Suspense fallback={<PanelSkeleton />}>{<section.Panel {...subject} />}</Suspense>;
  return (
    <Tabs.Panel
      value={section.id}
      tabIndex={section.fills ? -1 : 0}
      className={`min-h-0 grow focus-visible:-outline-offset-2 ${section.fills ? 'overflow-hidden' : 'overflow-auto'}`}
    >
      <h2 className="sr-only">{section.label(messages)}</h2>
      {section.fills ? content : <div className="@container px-4 pt-3 pb-8">{content}</div>}
    </Tabs.Panel>
  );
}

function PanelSkeleton() {
  return (
    <div className="py-2">
      <SkeletonLines widths={['40%', '30%', '45%', '62%', '38%', '55%', '50%']} />
    </div>
  );
}
