import type { ModelSetup } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';

/** Keys that are there and not used: one press and a model is asked. */
export function UnusedKeys({ setup: { unused }, onUse }: { setup: ModelSetup; onUse(model: string): void }) {
  const messages = useMessages().providers;
  return unused.map(({ provider, from, model }) => (
    <p key={provider} className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {messages.foundKey(provider, from)}
      {!model.endsWith('/MODEL') && <TextButton onClick={() => onUse(model)}>{messages.use(model)}</TextButton>}
    </p>
  ));
}
