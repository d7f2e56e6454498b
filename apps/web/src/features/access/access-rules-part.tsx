import { Check } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice } from '../../ui/field.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { commonVerbs } from './access-question.ts';
import { type RuleRow, ruleRows } from './rule-rows.ts';
import { useAccessRules } from './use-access.ts';

interface AccessRulesPartProps {
  namespace: string;
  names: readonly string[];
  onNamespace(namespace: string): void;
}

/** All that the cluster lets us do in one namespace. */
export function AccessRulesPart({ namespace, names, onNamespace }: AccessRulesPartProps) {
  const messages = useMessages().access;
  const { data, error, refetch } = useAccessRules(namespace);
  const [filter, setFilter] = useState('');
  const rows = useMemo(() => ruleRows(data?.rules ?? []), [data]);
  const shown = rows.filter(({ resource }) => resource.toLowerCase().includes(filter.trim().toLowerCase()));
  const options = (names.includes(namespace) ? names : [namespace, ...names]).map((name) => ({ value: name, label: name }));
  return (
    <Section title={messages.whatMayI}>
      <div className="mb-2 flex flex-wrap items-end gap-3">
        <Choice label={messages.namespace} options={options} value={namespace} onChange={(event) => onNamespace(event.target.value)} className="w-56" />
        <SearchBox label={messages.filterResources} value={filter} onChange={setFilter} />
      </div>
      {error !== null && <ErrorNotice what={messages.notAnswered} error={error} onRetry={() => refetch()} />}
      {error === null && data === undefined && <SkeletonLines widths={['60%', '55%', '62%', '48%']} />}
      {data !== undefined && shown.length === 0 && <p>{rows.length === 0 ? messages.nothing(namespace) : messages.noMatch}</p>}
      {shown.length > 0 && <RuleTable rows={shown} />}
      {data?.incomplete === true && <p className="mt-2 text-soft">{messages.incomplete}</p>}
    </Section>
  );
}

const cell = 'border-line/60 border-b px-2 py-1';

function RuleTable({ rows }: { rows: readonly RuleRow[] }) {
  const messages = useMessages().access;
  return (
    <div className="overflow-x-auto rounded border bg-surface">
      <table className="w-full">
        <thead>
          <tr className="text-soft text-xs">
            <th scope="col" className={`${cell} px-3 text-left font-normal`}>
              {messages.resource}
            </th>
            {commonVerbs.map((verb) => (
              <th key={verb} scope="col" className={`${cell} font-normal`}>
                {verb}
              </th>
            ))}
            <th scope="col" className={`${cell} text-left font-normal`}>
              {messages.others}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.resource} ${row.names.join()}`}>
              <th scope="row" className={`${cell} max-w-96 break-all px-3 text-left font-mono font-normal text-code`}>
                {row.resource}
                {row.names.length > 0 && <span className="block text-soft">{row.names.join(', ')}</span>}
              </th>
              {row.common.map((allowed, index) => (
                <td key={commonVerbs[index]} className={`${cell} text-center`}>
                  {allowed ? <Check aria-label={messages.yes} className="inline size-3.5 text-healthy" /> : <span className="sr-only">{messages.no}</span>}
                </td>
              ))}
              <td className={`${cell} max-w-64 break-words`}>{row.others.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
