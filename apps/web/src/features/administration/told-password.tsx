import { CodeBlock } from '../../ui/code-block.tsx';

/** A password that the workbench made: shown this once. */
export function ToldPassword({ email, password }: { email: string; password: string }) {
  return (
    <div role="status" className="flex flex-col gap-2 rounded border border-line p-3">
      <p>The password of {email}. Give it to them over a channel that is safe: it is not shown again, and they can change it when they have logged in.</p>
      <CodeBlock code={password} label="Copy password" />
    </div>
  );
}
