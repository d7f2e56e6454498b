import type { Session } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import type { PagePath } from '../navigation/pages.ts';

/** A part of the assistant's page, at an address of its own below `/ai`. One line here for each, and a route below `aiRoute`. */
interface AiTab {
  path: PagePath;
  label(messages: Messages): string;
  /** Whether this person has any use for it. */
  when(session: Session): boolean;
}

const everybody = () => true;
const manages = ({ permissions }: Session) => permissions.includes('ai:manage');

export const aiTabs: readonly AiTab[] = [
  { path: '/ai', label: ({ assistant }) => assistant.tabs.chat, when: everybody },
  { path: '/ai/runs', label: ({ modelRuns }) => modelRuns.title, when: everybody },
  { path: '/ai/providers', label: ({ providers }) => providers.title, when: manages },
  { path: '/ai/knowledge', label: ({ knowledge }) => knowledge.title, when: everybody },
  { path: '/ai/prompts', label: ({ prompts }) => prompts.title, when: everybody },
  { path: '/ai/cost', label: ({ cost }) => cost.title, when: everybody },
  { path: '/ai/assistance', label: ({ assistance }) => assistance.title, when: everybody },
];
