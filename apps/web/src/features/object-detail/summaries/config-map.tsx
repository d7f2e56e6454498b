import type { KindTypes } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { TextButton } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Part } from '../../../ui/part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function ConfigMapSummary({ object: { data = {}, binaryData = {}, immutable } }: SummaryProps<KindTypes['ConfigMap']>) {
  const messages = useMessages().objectSummary;
  const keys = Object.keys(data).sort();
  const binaries = Object.entries(binaryData).sort();
  return (
    <>
      <Facts>
        <Fact label={messages.immutable}>{immutable === true && messages.yes}</Fact>
      </Facts>
      <Part title={messages.keys(keys.length + binaries.length)}>
        <ul className="flex flex-col gap-2">
          {keys.map((key) => (
            <TextValue key={key} name={key} value={data[key] ?? ''} />
          ))}
          {binaries.map(([key, value]) => (
            <li key={key} className="flex items-baseline gap-2">
              <span className="break-all font-mono text-code">{key}</span>
              <span className="text-soft text-xs">{messages.binary(formatBytes(Math.floor((value.length * 3) / 4)))}</span>
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

const firstLines = 12;

function TextValue({ name, value }: { name: string; value: string }) {
  const messages = useMessages().objectSummary;
  const [all, setAll] = useState(false);
  const lines = value.replace(/\n$/, '').split('\n');
  const shown = all ? value : lines.slice(0, firstLines).join('\n');
  return (
    <li>
      <div className="flex items-center gap-1">
        <h4 className="min-w-0 break-all font-medium font-mono text-code">{name}</h4>
        <CopyButton text={value} label={messages.copyValue(name)} />
        <span className="text-soft text-xs">{formatBytes(new TextEncoder().encode(value).length)}</span>
      </div>
      <pre className="whitespace-pre-wrap break-words rounded border border-line bg-canvas px-3 py-2 font-mono text-code">{shown}</pre>
      {!all && lines.length > firstLines && (
        <TextButton className="mt-1" onClick={() => setAll(true)}>
          {messages.showLines(lines.length)}
        </TextButton>
      )}
    </li>
  );
}

export const configMapSummary = defineSummary('ConfigMap', ConfigMapSummary);
