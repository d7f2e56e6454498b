import { CopyButton } from './copy-button.tsx';

/** A command that can be read whole and copied; long lines wrap, because a command that scrolls out of sight can't be checked. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="flex items-start gap-1 rounded border border-line bg-sunken py-0.5 pr-0.5 pl-3">
      <pre className="min-w-0 grow whitespace-pre-wrap break-words py-1 font-mono text-code">
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={label} />
    </div>
  );
}
