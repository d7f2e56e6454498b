import type { Topology } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { troublesOf } from './topology-select.ts';

/** How it stands; what was left out, and what could not be looked at. */
export function TopologyLimits({ topology }: { topology: Topology }) {
  const messages = useMessages().topology;
  const { leftOut, notSeen } = topology;
  return (
    <div className="flex shrink-0 flex-col gap-0.5 px-3 pb-2 text-soft">
      <Troubles topology={topology} />
      {leftOut.length > 0 && (
        <p>
          {messages.leftOut}: {leftOut.join(' ')}
        </p>
      )}
      {notSeen.length > 0 && (
        <details>
          <summary className="cursor-pointer">
            {messages.notSeen}: {notSeen.map(({ what }) => what).join(', ')}
          </summary>
          <ul className="pl-4">
            {notSeen.map(({ what, reason }) => (
              <li key={what}>
                {what}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Troubles({ topology }: { topology: Topology }) {
  const messages = useMessages().topology;
  const { unwell, broken, blocked } = troublesOf(topology);
  if (unwell + broken + blocked === 0) {
    return (
      <p>
        <StatusMark state="healthy" text={messages.allWell} />
      </p>
    );
  }
  return (
    <p className="flex flex-wrap gap-x-4">
      {unwell > 0 && <StatusMark state="high" text={messages.unwell(unwell)} />}
      {broken > 0 && <StatusMark state="missing" text={messages.broken(broken)} />}
      {blocked > 0 && <StatusMark state="medium" text={messages.blocked(blocked)} />}
    </p>
  );
}
