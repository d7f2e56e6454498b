import { useMessages } from '../../messages/language.ts';
import { exactParts } from './exact-parts.ts';

/** A text that somebody else wrote, so that it can't look like another one. */
export function ExactText({ text, place }: { text: string; place: 'alone' | 'inSentence' }) {
  const { unseen } = useMessages().logins;
  return exactParts(text, place).map((part, index) =>
    part.escaped ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name, and never move.
      <span key={index} title={unseen} className="rounded-sm bg-mark">
        {part.text}
        {part.text === '\\n' && '\n'}
      </span>
    ) : (
      part.text
    ),
  );
}
