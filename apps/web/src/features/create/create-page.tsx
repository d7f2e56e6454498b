import { editRoutes, type ManifestForm } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/field.tsx';
import { notify } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { noChangesIn } from '../actions/approval.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { EditorLine } from '../editor/edit/editor-notices.tsx';
import { useFileDrop } from '../editor/files/use-file-drop.ts';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { useSession } from '../session/session.tsx';
import { CreateText } from './create-text.tsx';
import { partsIn, textOfForm } from './form-values.ts';
import { joined, readFiles } from './read-files.ts';
import { TemplateForm } from './template-form.tsx';
import { useCreateText } from './use-create-text.ts';
import { wordOf } from './word-of.ts';
import { WordsForm } from './words-form.tsx';

const route = getRouteApi('/cluster/create');
/** In the place of a template: what one wants is said. */
const ownWords = 'words';

/** New objects: from a template with its form, pasted, or dropped as files; the cluster is asked as one writes. */
export function CreatePage() {
  const { template = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const words = useMessages().create;
  const { text, setText, restored } = useCreateText();
  const forms = useForms();
  const form = forms.find(({ id }) => id === template) ?? null;
  const namespace = useDefaultNamespace();
  const { names } = useNamespaceNames();
  const cannot = useNoCreating();
  const inWords = template === ownWords && cannot === null;
  const place = useRef<HTMLDivElement>(null);
  const add = async (files: readonly File[]) => {
    const read = await readFiles(files);
    for (const name of read.left) notify({ text: words.unread(name), state: 'medium' });
    if (read.text !== '') setText((before) => joined([before, read.text]));
  };
  useFileDrop(place, (files) => void add(files));
  useEffect(() => {
    // A link names a template; a text that is made from it already stays.
    if (form !== null) setText((before) => (partsIn(before, form).size > 0 ? before : begun(form, namespace)));
  }, [form, namespace, setText]);
  const choose = (id: string) => {
    const chosen = forms.find((each) => each.id === id);
    // What is there already may be what somebody wants to say something of.
    if (id !== ownWords) setText(chosen === undefined ? '' : begun(chosen, namespace));
    void navigate({ search: (before) => ({ ...before, template: id || undefined }), replace: true });
  };
  return (
    <div ref={place} className="flex min-h-0 grow flex-col">
      <PageHeader title={words.title}>
        <TemplateChoice forms={forms} template={template} onChoose={choose} />
        <FileButton onFiles={(files) => void add(files)} />
        {text !== '' && (
          <Button look="quiet" onClick={() => choose('')}>
            {words.clear}
          </Button>
        )}
        <span className="min-w-0 text-soft text-xs">{words.dropHint}</span>
      </PageHeader>
      {cannot !== null && <EditorLine>{cannot}</EditorLine>}
      {restored && <EditorLine>{words.restored}</EditorLine>}
      <div className="flex min-h-0 grow flex-col overflow-y-auto border-t lg:flex-row lg:overflow-hidden">
        {(form !== null || inWords) && (
          <div className="shrink-0 border-b bg-surface p-4 lg:w-80 lg:overflow-y-auto lg:border-r lg:border-b-0">
            {inWords && <WordsForm namespace={namespace} onText={setText} />}
            {form !== null && <TemplateForm form={form} text={text} namespaces={names} onText={setText} />}
          </div>
        )}
        <CreateText text={text} onText={setText} namespace={namespace} writable={cannot === null} />
      </div>
    </div>
  );
}

function begun(form: ManifestForm, namespace: string): string {
  return textOfForm(form).replaceAll('namespace: default\n', `namespace: ${namespace}\n`);
}

const noForms: readonly ManifestForm[] = [];

function useForms(): readonly ManifestForm[] {
  const { api } = useServices();
  const forms = useQuery({
    queryKey: ['manifest forms'],
    queryFn: ({ signal }) => api.call(editRoutes.listManifestForms, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return forms.data ?? noForms;
}

/** The one that is looked at. */
function useDefaultNamespace(): string {
  const { namespaces } = useNamespaceScope();
  const [only, another] = namespaces;
  return only !== undefined && another === undefined ? only : 'default';
}

/** Why nothing can be created here; null where it can. */
function useNoCreating(): string | null {
  const words = useMessages().create;
  const { permissions } = useSession();
  const noChanges = noChangesIn(useClusters().selected);
  const missing = (['resource.write', 'action.propose'] as const).find((permission) => !permissions.includes(permission));
  return noChanges ?? (missing === undefined ? null : words.mayNot(missing));
}

function TemplateChoice({ forms, template, onChoose }: { forms: readonly ManifestForm[]; template: string; onChoose(id: string): void }) {
  const words = useMessages().create;
  const options = [
    { value: '', label: words.noTemplate },
    { value: ownWords, label: words.words.title },
    ...forms.map(({ id }) => ({ value: id, label: wordOf(words.templates, id) })),
  ];
  return (
    <Choice
      label={words.template}
      className="flex items-center gap-2 [&_select]:mt-0 [&_select]:h-7"
      options={options}
      value={template}
      onChange={(event) => onChoose(event.target.value)}
    />
  );
}

function FileButton({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const words = useMessages().create;
  const [count, setCount] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        key={count}
        ref={input}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        accept=".yaml,.yml,.json"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          setCount(count + 1);
        }}
      />
      <Button onClick={() => input.current?.click()}>
        <FileUp aria-hidden="true" />
        {words.addFiles}
      </Button>
    </>
  );
}
