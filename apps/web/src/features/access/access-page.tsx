import { getRouteApi } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { AccessForm } from './access-form.tsx';
import { questionOf } from './access-question.ts';
import { AccessRulesPart } from './access-rules-part.tsx';
import { AnswerPart } from './answer-part.tsx';
import { WhoPart } from './who-part.tsx';

const route = getRouteApi('/cluster/access');

/** Rights in the cluster: may I, who can, what may I do, and what to ask for. */
export function AccessPage() {
  const messages = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { namespaces } = useNamespaceScope();
  const { names } = useNamespaceNames();
  const question = questionOf(search);
  const namespace = search.namespace ?? namespaces[0] ?? (names.includes('default') ? 'default' : (names[0] ?? ''));
  return (
    <>
      <PageHeader title={messages.pages.access} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-5xl flex-col gap-6 p-3">
          <AccessForm key={JSON.stringify(question)} initial={search} onAsk={(asked) => void navigate({ search: (before) => ({ ...before, ...asked }) })} />
          {question !== null && (
            <>
              <AnswerPart question={question} />
              <WhoPart question={question} />
            </>
          )}
          <AccessRulesPart
            namespace={namespace}
            names={names}
            onNamespace={(next) => void navigate({ search: (before) => ({ ...before, namespace: next }) })}
          />
        </div>
      </div>
    </>
  );
}
