import type { Permission } from '@quarterdeck/contract';
import { localAgent, localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';

/** Who speaks the Model Context Protocol to us: a program, and the person for whom it does. */
export interface McpCaller {
  /** The program. It reads as that person does, and proposes where it may. */
  agent: Actor;
  /** Whose token it showed. */
  holder: Actor;
  /** Whoever may approve in the program's own window what it proposes; null where only the workbench will do. */
  person: Actor | null;
  /** Where people look at what was proposed: the address of the workbench; null where it is not known. */
  workbench: string | null;
}

const reading: readonly Permission[] = [...localAgent.permissions].filter((permission) => permission !== 'action.propose');

/** A program at its person's own workbench. `mayPropose` is said by the person who sets it up, never by the program. */
export function localCaller(mayPropose: boolean, workbench: string | null): McpCaller {
  const agent: Actor = { ...localAgent, permissions: new Set(mayPropose ? localAgent.permissions : reading) };
  return { agent, holder: localPerson, person: mayPropose ? localPerson : null, workbench };
}

/** A program with a token of somebody: at most what they may, and of that what programs are for. */
export function callerOf(person: Actor, mayPropose: boolean, workbench: string): McpCaller {
  const offered = mayPropose ? [...localAgent.permissions] : reading;
  const agent: Actor = { ...person, kind: 'agent', permissions: new Set(offered.filter((permission) => person.permissions.has(permission))) };
  const proposes = agent.permissions.has('action.propose');
  return { agent, holder: person, person: proposes && person.permissions.has('action.approve') ? person : null, workbench };
}
