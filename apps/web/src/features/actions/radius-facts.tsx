import type { BlastRadius, ObjectRef } from '@quarterdeck/contract';
import { refKey } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { Fact, FactList } from './facts.tsx';

/** What a change reaches beyond its object: pods, traffic, budgets, autoscalers, and what could not be looked at. */
export function RadiusFacts({ radius, here }: { radius: BlastRadius; here: boolean }) {
  const messages = useMessages().actions;
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
      {radius.pods.fate !== 'none' && <PodsFact pods={radius.pods} here={here} />}
      <FactList name={messages.traffic} items={radius.traffic.map(({ object, note }) => about(object, note))} />
      <FactList
        name={messages.budgets}
        items={radius.budgets.map(({ budget, note, blocks }) => ({
          key: refKey(budget),
          content: (
            <>
              {blocks && <StatusMark state="high" text={messages.blocks} />} {about(budget, note).content}
            </>
          ),
        }))}
      />
      <FactList name={messages.autoscalers} items={radius.autoscalers.map(({ object, note }) => about(object, note))} />
      <FactList name={messages.notSeen} items={radius.notSeen.map((text) => ({ key: text, content: <span className="text-soft">{text}</span> }))} />
    </>
  );
}

function PodsFact({ pods, here }: { pods: BlastRadius['pods']; here: boolean }) {
  const messages = useMessages().actions;
  return (
    <Fact name={messages.pods}>
      {pods.some.length === 0 && `${messages.podFates[pods.fate](pods.count)}; ${messages.readyNow(pods.ready)}.`}
      {pods.some.length > 0 && (
        <details>
          <summary className="cursor-pointer text-soft">
            {messages.podFates[pods.fate](pods.count)}; {messages.readyNow(pods.ready)}
            {pods.some.length < pods.count && `; ${messages.somePods(pods.some.length)}`}
          </summary>
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
