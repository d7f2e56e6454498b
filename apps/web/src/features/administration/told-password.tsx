import { useMessages } from '../../messages/language.ts';
import { CodeBlock } from '../../ui/code-block.tsx';

/** A password that the workbench made: shown this once. */
export function ToldPassword({ email, password }: { email: string; password: string }) {
  const messages = useMessages().administration;
  return (
    <div role="status" className="flex flex-col gap-2 rounded border border-line p-3">
      <p>{messages.toldPassword(email)}</p>
      <CodeBlock code={password} label={messages.copyPassword} />
    </div>
  );
}
