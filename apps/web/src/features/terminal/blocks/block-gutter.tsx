import type { TerminalBlock } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { usePreferences } from '../../../preferences/preferences.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { SessionState } from '../session/session-state.ts';
import { BlockMenu } from './block-menu.tsx';
import { hasFailed, outcomeOf, stateOfBlock } from './block-state.ts';
import type { BlockActions } from './use-block-actions.ts';
import type { BlocksInView } from './use-block-places.ts';

interface BlockGutterProps {
  state: SessionState;
  places: BlocksInView;
  actions: BlockActions;
  insert(text: string): void;
}

/** What takes longer is worth saying without being asked. Milliseconds. */
const long = 2_000;

/** Beside each command how it went, and above the screen the command whose output one is reading. */
export function BlockGutter({ state, places, actions, insert }: BlockGutterProps) {
  const messages = useMessages().terminal;
  const { language } = usePreferences();
  const findingsOf = (block: TerminalBlock) => state.findings.filter((finding) => finding.block === block.id);
  const says = (block: TerminalBlock) => `${block.command?.split('\n')[0] ?? messages.command}: ${outcomeOf(block, messages, language)}`;
  return (
    <>
      {places.seen.map(({ block, top, height }) => (
        <div key={block.id} className="absolute top-1 left-0 flex w-6 items-center justify-center" style={{ transform: `translateY(${top}px)`, height }}>
          <BlockMenu
            block={block}
            findings={findingsOf(block)}
            actions={actions}
            insert={insert}
            label={says(block)}
            className={`grid size-5 place-items-center rounded-sm hover:bg-hover ${block.bookmarked ? 'bg-selected' : ''}`}
            trigger={<StatusMark state={findingsOf(block).length > 0 && !hasFailed(block) ? 'medium' : stateOfBlock(block)} text={says(block)} compact />}
          />
        </div>
      ))}
      {places.seen
        .filter(({ block }) => hasFailed(block) || (block.durationMs ?? 0) > long)
        .map(({ block, top, height }) => (
          <span
            key={`${block.id} outcome`}
            aria-hidden="true"
            className="pointer-events-none absolute top-1 right-4 hidden items-center whitespace-nowrap rounded-sm bg-surface px-1 font-sans text-soft text-xs @xl:flex"
            style={{ transform: `translateY(${top}px)`, height }}
          >
            {outcomeOf(block, messages, language)}
          </span>
        ))}
      {places.sticky !== null && <StickyCommand block={places.sticky} outcome={outcomeOf(places.sticky, messages, language)} onClick={places.goTo} />}
    </>
  );
}

function StickyCommand({ block, outcome, onClick }: { block: TerminalBlock; outcome: string; onClick(block: TerminalBlock): void }) {
  const messages = useMessages().terminal;
  const command = block.command?.split('\n')[0] ?? messages.command;
  return (
    <button
      type="button"
      title={messages.toCommand}
      onClick={() => onClick(block)}
      className="absolute inset-x-0 top-0 z-10 flex h-7 items-center gap-2 border-b bg-raised px-2 text-left hover:bg-hover"
    >
      <StatusMark state={stateOfBlock(block)} text={outcome} compact />
      <span className="min-w-0 grow truncate text-code">{command}</span>
      <span className="shrink-0 font-sans text-soft text-xs">{outcome}</span>
    </button>
  );
}
