import { memo, type ReactNode, useMemo, useRef, useState } from 'react';
import { useChat } from '../chat-context.tsx';
import { ChatCode } from '../parts/chat-code.tsx';
import type { Block, Inline, ListItem, TableCell } from './block.ts';
import { type Grown, grow, nothingGrown, withoutHalfMarks } from './grow.ts';

/** Markdown as elements, and nothing else. While it is written, blocks that are finished are left as they are. */
export function ChatMarkdown({ text, writing = false }: { text: string; writing?: boolean }) {
  const grown = useRef<Grown>(nothingGrown);
  const shown = writing ? withoutHalfMarks(text) : text;
  const { done, open } = useMemo(() => {
    grown.current = grow(grown.current, shown);
    return grown.current;
  }, [shown]);
  return (
    <div className="chat-markdown">
      {[...done, ...open].map(({ block }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block keeps its place for as long as the text only grows.
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

const BlockView = memo(function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Line pieces={block.children} />
        </p>
      );
    case 'heading':
      return (
        <Heading level={block.level}>
          <Line pieces={block.children} />
        </Heading>
      );
    case 'code':
      return <ChatCode code={block.text} language={block.language} closed={block.closed} />;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'list':
      return block.ordered ? (
        <ol start={block.start}>
          <Items items={block.items} />
        </ol>
      ) : (
        <ul>
          <Items items={block.items} />
        </ul>
      );
    case 'table':
      return <Table header={block.header} rows={block.rows} />;
    case 'rule':
      return <hr />;
  }
});

/** Of one level for who hears them: those of the page stand above, and what an answer calls its first is up to chance. */
function Heading({ level, children }: { level: number; children: ReactNode }) {
  return (
    <h3 className="chat-heading" data-level={level}>
      {children}
    </h3>
  );
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves within what was read.
    <BlockView key={index} block={block} />
  ));
}

function Items({ items }: { items: readonly ListItem[] }) {
  const { task } = useChat().words;
  return items.map(({ done, children }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves within what was read.
    <li key={index} data-task={done === null ? undefined : ''}>
      {done !== null && (
        <span role="img" aria-label={done ? task.done : task.open} className="chat-task">
          {done ? '☑' : '☐'}
        </span>
      )}
      {children.map((block, place) =>
        // Lines of a list stand close; what is more than a line has its own space.
        block.type === 'paragraph' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves within what was read.
          <span key={place} className="chat-item-line">
            <Line pieces={block.children} />
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves within what was read.
          <BlockView key={place} block={block} />
        ),
      )}
    </li>
  ));
}

function Table({ header, rows }: { header: readonly TableCell[]; rows: readonly (readonly TableCell[])[] }) {
  const { words } = useChat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section className="chat-table" tabIndex={0} aria-label={words.table}>
      <table>
        <thead>
          <tr>
            {header.map(({ align, children }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
              <th key={index} data-align={align ?? undefined}>
                <Line pieces={children} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
            <tr key={at}>
              {row.map(({ align, children }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                <td key={index} data-align={align ?? undefined}>
                  <Line pieces={children} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ pieces }: { pieces: readonly Inline[] }) {
  return pieces.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves within what was read.
    <Piece key={index} piece={piece} />
  ));
}

function Piece({ piece }: { piece: Inline }) {
  const { InlineCode, Words } = useChat().parts;
  switch (piece.type) {
    case 'text':
      return Words === undefined ? piece.text : <Words text={piece.text} />;
    case 'code':
      return InlineCode === undefined ? <code>{piece.text}</code> : <InlineCode text={piece.text} />;
    case 'break':
      return <br />;
    case 'strong':
      return (
        <strong>
          <Line pieces={piece.children} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Line pieces={piece.children} />
        </em>
      );
    case 'deleted':
      return (
        <del>
          <Line pieces={piece.children} />
        </del>
      );
    case 'link':
      return <OutsideLink href={piece.href} pieces={piece.children} />;
  }
}

/** Says where it leads, and asks before anybody goes there: the words of a link are somebody else's. */
function OutsideLink({ href, pieces }: { href: string; pieces: readonly Inline[] }) {
  const { words } = useChat();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <button type="button" className="chat-link" title={href} aria-expanded={asked} onClick={() => setAsked(!asked)}>
        <Line pieces={pieces} /> <span className="chat-soft">({new URL(href).host})</span>
      </button>
      {asked && (
        <span className="chat-leaving">
          <span>{words.leaving}</span> <code>{href}</code>{' '}
          <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer" onClick={() => setAsked(false)}>
            {words.openLink}
          </a>{' '}
          <button type="button" className="chat-link" onClick={() => setAsked(false)}>
            {words.cancel}
          </button>
        </span>
      )}
    </>
  );
}
