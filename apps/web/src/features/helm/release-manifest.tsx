import type { HelmRelease } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Part } from '../../ui/part.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { YamlBlock } from './release-values.tsx';

/** What was sent to the cluster, and the hooks beside it. */
export function ReleaseManifest({ release: { manifest, hooks } }: { release: HelmRelease }) {
  const messages = useMessages().helm;
  return (
    <div className="flex flex-col gap-4">
      {hooks.length > 0 && (
        <Part title={messages.hooks}>
          <ul className="flex flex-col gap-1">
            {hooks.map((hook) => (
              <li key={`${hook.kind}/${hook.name}`} className="flex flex-wrap gap-x-3">
                <span className="min-w-0 break-words">
                  <span className="text-soft">{hook.kind}</span> <span className="font-mono text-code">{hook.name}</span>
                </span>
                <span className="text-soft">{hook.events.join(', ')}</span>
                <HookEnd phase={hook.lastPhase} at={hook.lastCompletedAt} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <div>
        <div className="mb-1 flex items-center justify-end">
          <CopyButton text={manifest} label={messages.copyManifest} />
        </div>
        <YamlBlock yaml={manifest} />
      </div>
    </div>
  );
}

function HookEnd({ phase, at }: { phase: string | null; at: string | null }) {
  const messages = useMessages().helm;
  if (phase === null || phase === '') return <span className="text-soft">{messages.hookNever}</span>;
  return (
    <span className="flex gap-2">
      <StatusMark state={phase === 'Succeeded' ? 'healthy' : phase === 'Failed' ? 'critical' : 'pending'} text={phase} />
      {at !== null && (
        <span className="text-soft">
          <Moment at={at} />
        </span>
      )}
    </span>
  );
}
