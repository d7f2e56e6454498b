import type { BlastRadius, ObjectRef } from '@quarterdeck/contract';
import { refKey } from '@quarterdeck/contract';
import { count } from '../../text/count.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { Fact, FactList } from './facts.tsx';

const fates: Readonly<Record<BlastRadius['pods']['fate'], string>> = {
  none: 'stay as they are',
  replaced: 'are replaced',
  ended: 'are ended',
  started: 'are started',
  detached: 'run on, and are not led to any more',
};

/** What a change reaches beyond its object: pods, traffic, budgets, autoscalers, and what could not be looked at. */
export function RadiusFacts({ radius, here }: { radius: BlastRadius; here: boolean }) {
  const about = (object: ObjectRef, note: string) => ({
    key: refKey(object),
    content: (
      <>
        <ObjectChip object={object} exists={here} /> <span className="text-soft">{note}</span>
      </>
    ),
  });
  return (
    <>
      <Fact name="Reaches">
        {radius.level === 'high' ? <StatusMark state="high" text="high impact" /> : null} {radius.note}
      </Fact>
      {radius.pods.fate !== 'none' && <PodsFact pods={radius.pods} here={here} />}
      <FactList name="Traffic" items={radius.traffic.map(({ object, note }) => about(object, note))} />
      <FactList
        name="Budgets"
        items={radius.budgets.map(({ budget, note, blocks }) => ({
          key: refKey(budget),
          content: (
            <>
              {blocks && <StatusMark state="high" text="blocks it" />} {about(budget, note).content}
            </>
          ),
        }))}
      />
      <FactList name="Autoscalers" items={radius.autoscalers.map(({ object, note }) => about(object, note))} />
      <FactList name="Not seen" items={radius.notSeen.map((text) => ({ key: text, content: <span className="text-soft">{text}</span> }))} />
    </>
  );
}

function PodsFact({ pods, here }: { pods: BlastRadius['pods']; here: boolean }) {
  return (
    <Fact name="Pods">
      {count(pods.count, 'pod')} {fates[pods.fate]}; {pods.ready} ready now.
      {pods.some.length > 0 && (
        <details>
          <summary className="cursor-pointer text-soft">{pods.some.length < pods.count ? `${pods.some.length} of them` : 'Which'}</summary>
          <ul className="mt-1 flex flex-col gap-0.5">
            {pods.some.map((pod) => (
              <li key={refKey(pod)}>
                <ObjectChip object={pod} exists={here} bare withNamespace />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Fact>
  );
}
