import { type KindTypes, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { Fact, Facts, Several } from '../parts/facts.tsx';
import { ObjectChips } from '../parts/object-chips.tsx';
import { useRelations } from '../relations/use-relations.ts';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function ServiceAccountSummary({ object }: SummaryProps<KindTypes['ServiceAccount']>) {
  const messages = useMessages().objectSummary;
  const namespace = object.metadata.namespace ?? null;
  const incoming = useRelations(refOf(object)).relations?.neighbours.filter(({ direction }) => direction === 'in') ?? [];
  const users = incoming.filter(({ type }) => type === 'runsAs');
  const bindings = incoming.filter(({ object: { kind } }) => kind.endsWith('RoleBinding'));
  return (
    <>
      <Facts>
        <Fact label={messages.pullSecrets}>
          <SecretChips names={(object.imagePullSecrets ?? []).map(({ name }) => name)} namespace={namespace} />
        </Fact>
        <Fact label={messages.secrets}>
          <SecretChips names={(object.secrets ?? []).map(({ name }) => name)} namespace={namespace} />
        </Fact>
        <Fact label={messages.automount}>{object.automountServiceAccountToken === false ? messages.no : messages.yes}</Fact>
      </Facts>
      {bindings.length > 0 && (
        <Part title={messages.boundBy}>
          <ObjectChips objects={bindings} />
        </Part>
      )}
      {users.length > 0 && (
        <Part title={messages.usedBy}>
          <ObjectChips objects={users} />
        </Part>
      )}
    </>
  );
}

function SecretChips({ names, namespace }: { names: readonly (string | undefined)[]; namespace: string | null }) {
  const known = names.filter((name) => name !== undefined);
  if (known.length === 0) return null;
  return (
    <Several>
      {known.map((name) => (
        <ObjectChip key={name} object={refTo('Secret', namespace, name)} bare />
      ))}
    </Several>
  );
}

type Rule = NonNullable<KindTypes['Role']['rules']>[number];

function RulesPart({ rules }: { rules: readonly Rule[] }) {
  const messages = useMessages().objectSummary;
  const { resources, groups, names, verbs } = messages.roleColumns;
  if (rules.length === 0) return <p className="text-soft">{messages.noRules}</p>;
  return (
    <Part title={messages.rules}>
      <PlainTable
        label={messages.rules}
        head={[resources, groups, names, verbs]}
        rows={rules.map((rule) => ({
          key: JSON.stringify(rule),
          cells: [
            [...(rule.resources ?? []), ...(rule.nonResourceURLs ?? [])].join(', '),
            (rule.apiGroups ?? []).map((group) => (group === '' ? messages.coreGroup : group)).join(', '),
            (rule.resourceNames ?? []).join(', '),
            rule.verbs.join(', '),
          ],
        }))}
      />
    </Part>
  );
}

function RoleSummary({ object }: SummaryProps<KindTypes['Role']>) {
  return <RulesPart rules={object.rules ?? []} />;
}

function ClusterRoleSummary({ object }: SummaryProps<KindTypes['ClusterRole']>) {
  const messages = useMessages().objectSummary;
  const selectors = object.aggregationRule?.clusterRoleSelectors ?? [];
  return (
    <>
      {selectors.length > 0 && <p className="text-soft">{messages.aggregated}</p>}
      <RulesPart rules={object.rules ?? []} />
    </>
  );
}

interface BindingProps {
  role: KindTypes['RoleBinding']['roleRef'];
  subjects: NonNullable<KindTypes['RoleBinding']['subjects']>;
  namespace: string | null;
}

function BindingSummary({ role, subjects, namespace }: BindingProps) {
  const messages = useMessages().objectSummary;
  const roleRef: ObjectRef = refTo(role.kind === 'Role' ? 'Role' : 'ClusterRole', namespace, role.name);
  return (
    <>
      <Facts>
        <Fact label={messages.role}>
          <ObjectChip object={roleRef} />
        </Fact>
      </Facts>
      <Part title={messages.subjects}>
        {subjects.length === 0 && <p className="text-soft">{messages.noSubjects}</p>}
        <ul className="flex flex-col gap-1">
          {subjects.map((subject) => (
            <li key={`${subject.kind} ${subject.namespace} ${subject.name}`}>
              {subject.kind === 'ServiceAccount' ? (
                <ObjectChip object={refTo('ServiceAccount', subject.namespace ?? namespace, subject.name)} withNamespace />
              ) : (
                <>
                  <span className="text-soft">{subject.kind}</span> <span className="break-all font-mono text-code">{subject.name}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function RoleBindingSummary({ object }: SummaryProps<KindTypes['RoleBinding']>) {
  return <BindingSummary role={object.roleRef} subjects={object.subjects ?? []} namespace={object.metadata.namespace ?? null} />;
}

function ClusterRoleBindingSummary({ object }: SummaryProps<KindTypes['ClusterRoleBinding']>) {
  return <BindingSummary role={object.roleRef} subjects={object.subjects ?? []} namespace={null} />;
}

export const serviceAccountSummary = defineSummary('ServiceAccount', ServiceAccountSummary);
export const roleSummary = defineSummary('Role', RoleSummary);
export const clusterRoleSummary = defineSummary('ClusterRole', ClusterRoleSummary);
export const roleBindingSummary = defineSummary('RoleBinding', RoleBindingSummary);
export const clusterRoleBindingSummary = defineSummary('ClusterRoleBinding', ClusterRoleBindingSummary);
