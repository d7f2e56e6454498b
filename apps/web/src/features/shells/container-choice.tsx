import { useMessages } from '../../messages/language.ts';
import type { ContainerFacts } from './pod-facts.ts';

interface ContainerChoiceProps {
  containers: readonly ContainerFacts[];
  value: string;
  onChange(name: string): void;
}

/** The containers of a pod with what they are for; those that do not run are there, and say so. */
export function ContainerChoice({ containers, value, onChange }: ContainerChoiceProps) {
  const messages = useMessages().shells;
  return (
    <select
      aria-label={messages.container}
      title={messages.container}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-7 max-w-48 min-w-0 rounded border border-line bg-surface px-1.5 text-xs"
    >
      {containers.map(({ name, role, running }) => (
        <option key={name} value={name}>
          {[name, role === 'main' ? '' : messages.roles[role], running ? '' : messages.notRunning].filter((part) => part !== '').join(' · ')}
        </option>
      ))}
    </select>
  );
}
