import { type Attachment, mostAttachments } from '@quarterdeck/contract';
import { useState } from 'react';
import { useChat } from '../chat-context.tsx';
import { bytesOf, fileAttachment, mostBytes, textAttachment } from './read-attachment.ts';

/** What is laid beside the next question, and why something was not. */
export function useAttachments() {
  const { words } = useChat();
  const [attachments, set] = useState<readonly Attachment[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const add = (more: readonly Attachment[], note: string | null = null) => {
    const next = [...attachments, ...more.filter((each) => !attachments.some((known) => JSON.stringify(known) === JSON.stringify(each)))];
    const fits = next.length <= mostAttachments && bytesOf(next) <= mostBytes;
    if (fits) set(next);
    setProblem(fits ? note : words.tooMany);
  };
  const addText = (text: string) => {
    const { attachment, cut } = textAttachment(words.pastedText, text);
    const named = attachment.form === 'log' ? { ...attachment, name: words.pastedLog } : attachment;
    add([named], cut ? words.cutToEnd(named.name) : null);
  };
  const addFiles = async (files: readonly File[]) => {
    const read = await Promise.all(files.map(async (file) => ({ name: file.name, found: await fileAttachment(file) })));
    const notes = read.flatMap(({ name, found }) => (found === null ? [words.notText(name)] : found.cut ? [words.cutToEnd(name)] : []));
    add(
      read.flatMap(({ found }) => (found === null ? [] : [found.attachment])),
      notes.length === 0 ? null : notes.join(' '),
    );
  };
  return { attachments, problem, set, add, addText, addFiles };
}
