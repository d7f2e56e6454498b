import { Sparkles } from 'lucide-react';
import { ask } from '../assistant/use-ask.ts';
import type { ObjectAction } from '../object-actions/object-action.ts';
import { aboutObjects } from './ask-about.ts';

export const askAboutAction: ObjectAction = {
  id: 'ask-about',
  label: ({ askAbout }, count) => (count === 1 ? askAbout.action : askAbout.objects(count)),
  icon: Sparkles,
  shortcuts: ['A'],
  permission: 'ai:chat',
  group: 'look',
  many: true,
  appliesTo: () => true,
  run: (targets, { messages }) =>
    ask(
      aboutObjects(
        targets.map(({ object }) => object),
        messages.askAbout,
      ),
    ),
};
