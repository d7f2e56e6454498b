import { type HelmRelease, helmTestSchema } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import type { HelmOperation } from './helm-operation.ts';

interface TestTaskProps {
  release: HelmRelease;
  onConfirm(operation: HelmOperation): void;
}

export function TestTask({ release: { namespace, name, hooks }, onConfirm }: TestTaskProps) {
  const messages = useMessages().helm;
  const tests = hooks.filter(({ events }) => events.some((event) => event.startsWith('test')));
  return (
    <>
      <p>{messages.testWill}</p>
      <ul className="flex flex-col gap-0.5">
        {tests.map((hook) => (
          <li key={`${hook.kind}/${hook.name}`}>
            <span className="text-soft">{hook.kind}</span> <span className="font-mono text-code">{hook.name}</span>
          </li>
        ))}
      </ul>
      <Button look="primary" className="self-start" onClick={() => onConfirm({ do: 'test', input: helmTestSchema.parse({ namespace, name }) })}>
        {messages.confirm.test(name)}
      </Button>
    </>
  );
}
