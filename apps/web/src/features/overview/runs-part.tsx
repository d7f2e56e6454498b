import type { ResourceKind } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { kindName, kindSlug, pluralLabel } from '../objects/object-key.ts';
import { useRowTotal } from './use-overview.ts';

/** Whose state tells how the cluster is. */
const shown = ['Node', 'Pod', 'Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Job.batch', 'Service', 'PersistentVolumeClaim'];

/** As the tables' filter says it. */
const faulty = 'status:faulty';

/** How many there are of each kind and how many are faulty; each number is the list that it counts. */
export function RunsPart() {
  const messages = useMessages().overview;
  const { kinds, isLoading } = useKinds();
  const known = shown.flatMap((name) => kinds.find((kind) => kindName(kind) === name) ?? []);
  return (
    <Section title={messages.runs}>
      {known.length === 0 && isLoading && <SkeletonLines widths={['44%', '52%', '48%', '40%', '56%', '46%']} />}
      <dl className="grid grid-cols-[minmax(0,1fr)_auto_minmax(5rem,auto)] gap-x-4 gap-y-1">
        {known.map((kind) => (
          <KindLine key={kindName(kind)} kind={kind} kinds={kinds} />
        ))}
      </dl>
    </Section>
  );
}

function KindLine({ kind, kinds }: { kind: ResourceKind; kinds: readonly ResourceKind[] }) {
  const messages = useMessages().overview;
  const { language } = usePreferences();
  const all = useRowTotal(kindName(kind), '');
  const bad = useRowTotal(kindName(kind), faulty);
  const params = { kind: kindSlug(kind, kinds) };
  return (
    <div className="contents">
      <dt className="truncate">{pluralLabel(kind)}</dt>
      <dd className="text-right">
        {all.error !== null && <span className="text-soft text-xs">{messages.notListed}</span>}
        {all.total !== null && (
          <Link to="/resources/$kind" params={params} search={{}} className="rounded-sm hover:text-accent hover:underline">
            {all.total.toLocaleString(language)}
            <span className="sr-only"> {pluralLabel(kind)}</span>
          </Link>
        )}
        {all.total === null && all.error === null && <span className="skeleton inline-block h-2.5 w-6" />}
      </dd>
      <dd>
        {bad.total !== null && bad.total > 0 && (
          <Link to="/resources/$kind" params={params} search={{ q: faulty }} className="rounded-sm hover:underline">
            <StatusMark state="high" text={`${bad.total.toLocaleString(language)} ${messages.faulty}`} />
            <span className="sr-only"> {pluralLabel(kind)}</span>
          </Link>
        )}
      </dd>
    </div>
  );
}
