import { ExactText } from './exact-text.tsx';
import { findLinks } from './find-links.ts';

/** What a program says to its person; the pages it names can be opened. */
export function LinkedText({ text }: { text: string }) {
  return findLinks(text).map((part, index) =>
    part.href === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name, and never move.
      <ExactText key={index} text={part.text} place="inSentence" />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <PageLink key={index} href={part.href} text={part.text} />
    ),
  );
}

/** Leads to a page of somebody else, which learns nothing of the workbench. `href` is an http or https address. */
export function PageLink({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="break-all rounded-sm text-accent underline">
      {text}
    </a>
  );
}
