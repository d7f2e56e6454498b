import { stringFact } from '../../causes/explain.ts';
import { escaped } from '../../graph/hosts/host-places.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { nearMiss } from '../../pods/near-name.ts';
import { proposal } from './step.ts';
import { textAt, textSteps } from './text-step.ts';

/** Asks for the database that the server was made with, where the other name is a slip of it. */
export const namedDatabaseRemedy = defineRemedy({
  mechanisms: ['named-database-missing'],
  propose({ cause, facts }, view) {
    const [database, path, has] = [stringFact(facts, 'database') ?? '', stringFact(facts, 'path') ?? '', stringFact(facts, 'has')];
    const missing = [`Whether database ${database} should be made on the server, or ${stringFact(facts, 'variable')} should name another.`];
    const old = has === null || nearMiss(database, [has]) === null || cause.kind === 'Job' ? null : textAt(cause, path, view);
    const right = has === null ? undefined : old?.replaceAll(new RegExp(`(?<![\\w.-])${escaped(database)}(?![\\w.-])`, 'g'), has);
    if (old === null || has === null || right === undefined || right === old) return { missing };
    return proposal(
      `Ask for database ${has}, which the server was made with.`,
      textSteps(cause, path, { old, right }, `Ask for ${has} instead of ${database}`, view),
      {
        assumptions: [`Database ${has} is the one that was meant.`],
      },
    );
  },
});
