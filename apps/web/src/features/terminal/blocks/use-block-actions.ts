import { type TerminalBlock, type TerminalFinding, terminalShellRoutes, toAppError } from '@quarterdeck/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useServices } from '../../../app/services.ts';
import { currentMessages } from '../../../messages/language.ts';
import { notify } from '../../../ui/notify.ts';
import { aboutCommand } from '../../ask-about/ask-about.ts';
import { ask } from '../../assistant/use-ask.ts';
import { hasFailed } from './block-state.ts';

export interface BlockActions {
  copyCommand(block: TerminalBlock): void;
  copyOutput(block: TerminalBlock): void;
  copyBoth(block: TerminalBlock): void;
  /** Puts the command at the prompt. */
  rerun(block: TerminalBlock): void;
  bookmark(block: TerminalBlock, on: boolean): void;
  ask(block: TerminalBlock, finding?: TerminalFinding): void;
}

export const blockOutputKey = (session: string, block: string) => ['terminal block', session, block];

/** What can be done with a command and what it put out. */
export function useBlockActions(insert: (text: string) => void, onChanged: (block: TerminalBlock) => void): BlockActions {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMemo(() => {
    const fail = (what: string) => (thrown: unknown) => {
      const { message, hint } = toAppError(thrown);
      notify({ text: what, detail: [message, hint].join(' ').trim(), state: 'high' });
    };
    const output = async ({ session: id, id: block }: TerminalBlock) =>
      (
        await queries.fetchQuery({
          queryKey: blockOutputKey(id, block),
          queryFn: ({ signal }) => api.call(terminalShellRoutes.readTerminalBlock, { id, block }, { signal }),
        })
      )?.text ?? '';
    const words = () => currentMessages().terminal;
    const copy = (text: string) => navigator.clipboard.writeText(text);
    return {
      copyCommand: ({ command }) => void copy(command ?? '').catch(fail(words().notCopied)),
      copyOutput: (block) => void output(block).then(copy).catch(fail(words().notCopied)),
      copyBoth: (block) =>
        void output(block)
          .then((text) => copy(`$ ${block.command ?? ''}\n${text}`))
          .catch(fail(words().notCopied)),
      rerun: ({ command }) => insert(command ?? ''),
      bookmark: ({ session: id, id: block }, bookmarked) =>
        void api.call(terminalShellRoutes.changeTerminalBlock, { id, block, bookmarked }).then(onChanged, fail(words().notBookmarked)),
      ask: (block, finding) =>
        void output(block)
          .then((text) =>
            ask(
              aboutCommand(
                {
                  command: block.command ?? '',
                  output: finding === undefined ? text : `${finding.title}\n${finding.detail ?? ''}\n\n${text}`,
                  failed: hasFailed(block),
                },
                currentMessages().askAbout,
              ),
            ),
          )
          .catch(fail(words().notRead)),
    };
  }, [api, queries, insert, onChanged]);
}
