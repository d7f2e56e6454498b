import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMay } from '../session/session.tsx';
import { DesktopPart } from './desktop-part.tsx';
import { QuietPart } from './quiet-part.tsx';
import { RuleList } from './rule-list.tsx';
import { RulePanel } from './rule-panel.tsx';
import { ToldLately } from './told-lately.tsx';
import { useRules } from './use-rules.ts';

const route = getRouteApi('/alerts');

/** Whom the workbench tells of what: the rules, and what they have told lately. */
export function AlertsPage() {
  const messages = useMessages().alerts;
  const { rule: wanted, reason, in: namespace } = route.useSearch();
  const navigate = route.useNavigate();
  const rules = useRules();
  const mayManage = useMay('alert.manage');
  const rule = rules.data?.find(({ id }) => id === wanted) ?? null;
  const close = () => void navigate({ search: (before) => ({ ...before, rule: undefined, reason: undefined, in: undefined }) });
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <PageHeader title={messages.title}>
        <span className="grow" />
        {mayManage && (
          <Link to="/alerts" search={{ rule: 'new' }} className={buttonStyles.plain}>
            <Plus />
            {messages.newRule}
          </Link>
        )}
      </PageHeader>
      <div className="min-h-0 grow overflow-y-auto border-t">
        <div className="grid gap-x-10 gap-y-8 px-3 py-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="flex min-w-0 flex-col gap-8">
            <RuleList rules={rules} />
            <ToldLately />
          </div>
          <div className="flex min-w-0 flex-col gap-8">
            <DesktopPart />
            <QuietPart />
          </div>
        </div>
      </div>
      {mayManage && (wanted === 'new' || rule !== null) && (
        <RulePanel key={`${wanted} ${reason}`} rule={rule} occasion={{ reason, namespace }} onClose={close} />
      )}
    </div>
  );
}
