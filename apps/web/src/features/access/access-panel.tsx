import { type AccessQuestion, groupOf } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Choice } from '../../ui/field.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { kindName } from '../objects/object-key.ts';
import { commonVerbs } from './access-question.ts';
import { AnswerPart } from './answer-part.tsx';
import { WhoPart } from './who-part.tsx';

const verbs = commonVerbs.filter((verb) => verb !== 'create').map((verb) => ({ value: verb, label: verb }));

/** Who may do what with this object, oneself first. */
export function AccessPanel({ object }: ObjectSectionProps) {
  const messages = useMessages().access;
  const { kinds } = useKinds();
  const [verb, setVerb] = useState('update');
  const kind = kinds.find((each) => kindName(each) === kindName(object));
  if (kind === undefined) return null;
  const place = object.namespace === null ? {} : { namespace: object.namespace };
  const question: AccessQuestion = { verb, group: groupOf(kind.apiVersion), resource: kind.plural, ...place, name: object.name };
  return (
    <div className="flex flex-col gap-5 p-4">
      <Choice label={messages.verb} options={verbs} value={verb} onChange={(event) => setVerb(event.target.value)} className="w-40" />
      <AnswerPart question={question} />
      <WhoPart question={question} />
      <Link to="/access" search={question} className="self-start text-accent hover:underline">
        {messages.askMore}
      </Link>
    </div>
  );
}
