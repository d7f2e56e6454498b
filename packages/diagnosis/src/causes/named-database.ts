import { sameRef } from '@quarterdeck/contract';
import { podTemplateOf } from '../graph/pod-template.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { type PlacedValue, valuesOf } from '../pods/placed-values.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'named-database';

/** `has` is the database that the only server of the namespace was made with; null where that is not seen. */
export type NamedDatabaseFacts = { consumer: string; container: string; database: string; variable: string; path: string; has: string | null };

export const namedDatabaseMissing = defineMechanism<NamedDatabaseFacts>({
  id: 'named-database-missing',
  title: (facts) => `Database ${facts.database} does not exist`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${facts.consumer} asks for database ${facts.database} (${facts.variable} in ${object.kind} ${object.name}, ${facts.path}), which its server does not have${
      facts.has === null ? '' : `; the server of this namespace was made with database ${facts.has}`
    }.`,
});

/** How servers say that it is the database as a whole, not a table in it. */
const noDatabase = /\bdatabase ["'][^"']+["'] does not exist|Unknown database '|Cannot open database "/i;

/** A server that runs and has no database of the name that the client is configured with. */
export const namedDatabaseRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [namedDatabaseMissing],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'schema', view).find(({ line }) => noDatabase.test(line));
    const place = symptom === null || fact === undefined ? null : placeOf(fact.claim.object, symptom, view);
    if (symptom === null || fact === undefined || place === null) return;
    const { log, workload } = symptom;
    const facts: NamedDatabaseFacts = {
      consumer: `${workload.ref.kind} ${workload.ref.name}`,
      container: log.container,
      database: fact.claim.object,
      variable: place.name,
      path: place.path,
      has: servedDatabase(fact.claim.object, symptom, view),
    };
    const own = sameRef(place.holder, workload.ref);
    const said = logEvidence(podRef(log.pod), log.container, fact, { decisive: true });
    yield endsAt({
      rule: id,
      finding,
      mechanism: namedDatabaseMissing,
      object: place.holder,
      facts,
      strength: 'certain',
      via: own ? ownedBy(finding.object, view) : (view.outgoing(finding.object).find(({ to }) => sameRef(to, place.holder)) ?? null),
      evidence: [fieldEvidence(place.holder, place.path, place.value, { decisive: true }), said],
    });
  },
});

/** The one setting that names the database, alone or as the path of an address; null where none does, or several. */
function placeOf(database: string, { workload, container }: LogSymptom, view: RuleView): PlacedValue | null {
  const naming = valuesOf(workload, container, view).filter(({ value }) => value === database || databaseIn(value) === database);
  const [only] = naming;
  return only !== undefined && naming.length === 1 ? only : null;
}

function databaseIn(address: string): string | null {
  return (
    /^(?:jdbc:)?[a-z][a-z0-9+]*:\/\/[^/]+\/([\w-]+)(?:[?;].*)?$/i.exec(address)?.[1] ?? /(?:^|[;\s])(?:dbname|database)=([\w-]+)/i.exec(address)?.[1] ?? null
  );
}

/** Variables by which the images of database servers are told which database to make. */
const makesDatabase = new Set(['POSTGRES_DB', 'POSTGRESQL_DATABASE', 'MYSQL_DATABASE', 'MARIADB_DATABASE', 'MONGO_INITDB_DATABASE', 'MSSQL_DB']);

function servedDatabase(asked: string, { workload }: LogSymptom, view: RuleView): string | null {
  const namespace = workload.ref.namespace ?? undefined;
  const servers = [...view.list('StatefulSet', namespace), ...view.list('Deployment', namespace)];
  const made = servers.flatMap((server) =>
    (podTemplateOf(server)?.spec.containers ?? []).flatMap(({ env = [] }) =>
      env.flatMap(({ name, value }) => (makesDatabase.has(name) && value !== undefined ? [value] : [])),
    ),
  );
  const [only] = made;
  return made.length === 1 && only !== undefined && only !== asked ? only : null;
}
