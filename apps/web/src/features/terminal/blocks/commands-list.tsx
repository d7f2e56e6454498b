import { type TerminalBlock, terminalShellRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { usePreferences } from '../../../preferences/preferences.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { SessionState } from '../session/session-state.ts';
import { BlockMenu } from './block-menu.tsx';
import { hasFailed, outcomeOf, stateOfBlock } from './block-state.ts';
import { type BlockActions, blockOutputKey } from './use-block-actions.ts';
import type { BlocksInView } from './use-block-places.ts';

interface CommandsListProps {
  state: SessionState;
  places: BlocksInView;
  actions: BlockActions;
  insert(text: string): void;
}

type Shown = 'all' | 'failed' | 'bookmarked';
const choices: readonly Shown[] = ['all', 'failed', 'bookmarked'];

/** The commands of a shell, the newest first; each can be unfolded to read what it put out, and gone to. */
export function CommandsList({ state, places, actions, insert }: CommandsListProps) {
  const messages = useMessages().terminal;
  const [shown, setShown] = useState<Shown>('all');
  const fits = (block: TerminalBlock) => shown === 'all' || (shown === 'failed' ? hasFailed(block) : block.bookmarked);
  const blocks = state.blocks.filter(fits).toReversed();
  return (
    <>
      <fieldset className="flex flex-wrap gap-3 px-3 py-1.5 text-xs">
        <legend className="sr-only">{messages.commands}</legend>
        {choices.map((choice) => (
          <label key={choice} className="flex min-h-6 items-center gap-1.5">
            <input type="radio" checked={shown === choice} onChange={() => setShown(choice)} className="accent-accent-fill" />
            {messages.shown[choice]}
          </label>
        ))}
      </fieldset>
      {blocks.length === 0 && <p className="px-3 py-2 text-soft">{state.session.integrated ? messages.noCommands : messages.notIntegrated}</p>}
      <ul>
        {blocks.map((block) => (
          <CommandItem key={block.id} block={block} state={state} places={places} actions={actions} insert={insert} />
        ))}
      </ul>
    </>
  );
}

function CommandItem({ block, state, places, actions, insert }: Omit<CommandsListProps, 'state'> & { block: TerminalBlock; state: SessionState }) {
  const messages = useMessages().terminal;
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const command = block.command ?? messages.command;
  const outcome = outcomeOf(block, messages, language);
  const findings = state.findings.filter((finding) => finding.block === block.id);
  return (
    <li className="border-line/60 border-b">
      <div className="flex min-h-8 items-center gap-1 pr-1 pl-1">
        <Button
          look="icon"
          className="w-6"
          aria-expanded={open}
          aria-label={open ? messages.fold(command) : messages.unfold(command)}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronDown /> : <ChevronRight />}
        </Button>
        <StatusMark state={stateOfBlock(block)} text={outcome} compact />
        <button type="button" className="min-w-0 grow rounded-sm py-1 text-left hover:underline" title={messages.toCommand} onClick={() => places.goTo(block)}>
          <span className="block truncate font-mono text-code">{command.split('\n')[0]}</span>
          <span className="block truncate text-soft text-xs">{[outcome, block.cwd ?? ''].filter((part) => part !== '').join(' · ')}</span>
        </button>
        <BlockMenu
          block={block}
          findings={findings}
          actions={actions}
          insert={insert}
          label={messages.actionsOf(command)}
          className="grid size-6 shrink-0 place-items-center rounded text-soft hover:bg-hover [&_svg]:size-3.5"
          trigger={<EllipsisVertical aria-hidden="true" />}
        />
      </div>
      {findings.map((finding) => (
        <p key={finding.id} className="px-3 pb-1.5 pl-8 text-xs">
          <StatusMark state="medium" text={finding.title} />
          {finding.detail !== null && <span className="block break-words text-soft">{finding.detail}</span>}
        </p>
      ))}
      {open && <BlockOutput block={block} />}
    </li>
  );
}

/** Of what a command put out, as much as a person reads at once. Lines. */
const mostLines = 2_000;

function BlockOutput({ block: { session: id, id: block, endOffset } }: { block: TerminalBlock }) {
  const { api } = useServices();
  const messages = useMessages().terminal;
  const [filter, setFilter] = useState('');
  const output = useQuery({
    queryKey: [...blockOutputKey(id, block), endOffset],
    queryFn: ({ signal }) => api.call(terminalShellRoutes.readTerminalBlock, { id, block }, { signal }),
  });
  if (output.isPending) return <SkeletonLines widths={['60%', '80%']} />;
  if (output.error !== null) {
    return (
      <div className="p-2">
        <ErrorNotice what={messages.notRead} error={output.error} onRetry={() => output.refetch()} />
      </div>
    );
  }
  if (output.data === null || output.data.text === '') return <p className="px-3 pb-2 pl-8 text-soft">{messages.noOutput}</p>;
  const wanted = filter.toLowerCase();
  const lines = output.data.text.split('\n').filter((line) => line.toLowerCase().includes(wanted));
  return (
    <div className="px-2 pb-2">
      <input
        type="text"
        aria-label={messages.filterOutput}
        placeholder={messages.filterOutput}
        value={filter}
        spellCheck={false}
        onChange={(event) => setFilter(event.target.value)}
        className="mb-1 h-7 w-full rounded border border-line bg-surface px-2 placeholder:text-soft"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <section aria-label={messages.output} tabIndex={0} className="max-h-72 overflow-auto rounded border bg-surface p-2">
        <pre className="font-mono text-code">{lines.slice(0, mostLines).join('\n')}</pre>
      </section>
      {output.data.leftOut > 0 && <p className="mt-1 text-soft text-xs">{messages.leftOut(output.data.leftOut)}</p>}
    </div>
  );
}
