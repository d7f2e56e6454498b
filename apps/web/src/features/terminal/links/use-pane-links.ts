import { type ResolvedPath, resourceRoutes, terminalShellRoutes } from '@quarterdeck/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ApiClient } from '../../../api/client.ts';
import { useServices } from '../../../app/services.ts';
import { currentMessages } from '../../../messages/language.ts';
import { notify } from '../../../ui/notify.ts';
import { useClusters } from '../../clusters/clusters.tsx';
import { useKinds } from '../../clusters/use-kinds.ts';
import { objectKey } from '../../objects/object-key.ts';
import { quoted } from '../panes/quoted.ts';
import type { SessionState } from '../session/session-state.ts';
import type { FoundLink } from '../view/terminal-links.ts';
import type { TerminalView } from '../view/terminal-view.ts';
import { objectsIn, pathsIn, podNamesIn } from './found-names.ts';

/** What the output of a shell names leads there: files on its machine, and objects of the cluster that it speaks to. */
export function usePaneLinks(view: TerminalView | null, state: SessionState | null, insert: (text: string) => void): void {
  const { api } = useServices();
  const { kinds } = useKinds();
  const { selected } = useClusters();
  const navigate = useNavigate();
  const open = (key: string) => void navigate({ to: '.', search: (before) => ({ ...before, open: key, section: undefined }) });
  const latest = useRef({ state, kinds, selected, insert, open });
  latest.current = { state, kinds, selected, insert, open };
  useEffect(() => {
    if (view === null) return;
    return view.addLinks(async (line) => {
      const now = latest.current;
      if (now.state === null) return [];
      const { session } = now.state;
      // Names mean something in the cluster of the shell alone.
      const namespace = session.kube !== null && session.kube.context === now.selected?.id ? session.kube.namespace : null;
      const named = namespace === null ? [] : objectsIn(line, now.kinds);
      const places = named.map(({ index, text, kind, name }): FoundLink => {
        const key = objectKey({ apiVersion: kind.apiVersion, kind: kind.kind, namespace: kind.namespaced ? namespace : null, name });
        return { index, text, title: currentMessages().terminal.openObject(text), open: () => now.open(key) };
      });
      const pods = now.selected === null || namespace === null ? [] : await podLinks(api, now.selected.id, line, now.open);
      const files = await fileLinks(api, session.id, line, now.insert);
      return [...places, ...pods, ...files].filter((link, at, all) => all.findIndex((other) => other.index === link.index) === at);
    });
  }, [api, view]);
}

async function podLinks(api: ApiClient, cluster: string, line: string, open: (key: string) => void): Promise<FoundLink[]> {
  const found = await Promise.all(
    podNamesIn(line).map(async ({ index, text }): Promise<FoundLink[]> => {
      const { items } = await api.call(resourceRoutes.searchObjects, { cluster, q: text, limit: 5 });
      const pod = items.find(({ object: { kind, name } }) => kind === 'Pod' && name === text)?.object;
      return pod === undefined ? [] : [{ index, text, title: currentMessages().terminal.openObject(`Pod ${text}`), open: () => open(objectKey(pod)) }];
    }),
  );
  return found.flat();
}

async function fileLinks(api: ApiClient, session: string, line: string, insert: (text: string) => void): Promise<FoundLink[]> {
  const candidates = pathsIn(line);
  if (candidates.length === 0) return [];
  const resolved = await api.call(terminalShellRoutes.resolveTerminal, { id: session, texts: candidates.map(({ text }) => text) });
  return candidates.flatMap(({ index, text }) => {
    const file = resolved.find((each) => each.text === text);
    return file === undefined ? [] : [{ index, text, title: currentMessages().terminal.copyPath(file.path), open: () => openFile(file, insert) }];
  });
}

/** The path goes to the clipboard; an editor in the shell itself is one more step. */
function openFile({ path, line, kind }: ResolvedPath, insert: (text: string) => void): void {
  const messages = currentMessages().terminal;
  navigator.clipboard.writeText(path).catch((thrown: unknown) => console.warn('The clipboard refused the path.', thrown));
  const place = quoted(path);
  const command = kind === 'folder' ? `cd ${place}` : `\${EDITOR:-vi} ${line === null ? '' : `+${line} `}${place}`;
  notify({ text: messages.pathCopied(path), action: { label: kind === 'folder' ? messages.goThere : messages.edit, run: () => insert(command) } });
}
