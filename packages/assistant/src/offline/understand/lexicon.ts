import { nearMiss } from '@quarterdeck/diagnosis';

/** Words that carry an intent: what is almost one of them is taken for it. */
const keywords = `
why reason broke cause root wrong broken break breaks breaking fail fails failed failing failure failures down crash crashed crashes crashing crashloop crashloopbackoff crashlooping
problem problems issue issues error errors incident incidents unhealthy healthy health happened happening diagnose troubleshoot debug investigate
change changes changed changing edited modified updated deployed rollout rollouts history different difference timeline
list show display give find which what count many number total how
running pending terminating completed evicted waiting unschedulable unready ready succeeded unbound bound restart restarts restarted restarting available unavailable cordoned suspended
cpu memory usage using consume consumes consuming consumption most biggest largest highest heaviest busiest top hungry hungriest smallest lowest
log logs output print prints printed tail stdout previous events event warning warnings
describe status state details depends depend dependency dependencies uses used related connected neighbours neighbors
explain meaning means mean define definition difference
scale scaled create delete rollback undo expose update upgrade drain cordon uncordon restart rotate copy forward
since yesterday today hour hours minute minutes day days week last past recent recently ago morning night between older newer younger oldest newest latest created
namespace cluster version helm install installed release releases chart charts
requests limits limit without missing privileged unused overview everything anything
command commands kubectl help fix repair resolve solve mend
runbook runbooks playbook playbooks container containers image images label labels labelled
`;

/** Ordinary words: neither mended nor taken for a name. */
const ordinary = `
a about above across actually after again against all almost alone along already also always am an and another any anybody anyone are as at away back be because become been before behind being
below best better both bring but by call called calls can case check come comes coming connect could day did do does doing done during each either else end enough even ever every exactly far few first following for
from fully gave get gets getting go goes going good got had handle happen hard has have having he hello her here hey hi his i if in inside instead into is it its itself just keep keeps kept kind know known kubernetes k8s large later
least left less let like little long look looking lot lots made make makes making matter may maybe me meant mine more much must my near need needs never new next no nobody none nor not nothing now of off often
ok okay old on once one ones only open or other others our out over own part per people please point possible pretty put quite rather really right same say says see seem seems seen send set several shall she
should side simple slow small so some somebody something soon sort start started starts stay step steps still stop stopped stops such sure take takes talk talks tell than thank thanks that the their them then there these they thing things think this
those though three through till time times to together too took try trying two under until up upon us use user users usual very via view want wants was way we well went were when where whether while who whole whose will with within work worked working works would write
write yes yet you your zero half couple twelve fifteen twenty thirty midnight overnight monday tuesday wednesday thursday friday saturday sunday week weekend month roll rolled replica replicas mount mounts mounted mounting select selects route routes shell bash poem boss stand stands moved move house main mode note notes line lines page room core cores full hour cost costs post posts rate rates role roles space spaces state store storage shared share remove removes removing drop dropped retire kill kills leave lose loses exit exits exited code codes controller controllers versus deleted removed killed safely safe stopped happens breaks hello thanks thank greetings yaml manifest json image images website size sized rightsize need table tests text total track train trail value values view views wide word words zone zones
  test testing app apps application traffic request reach reached reaching address field fields type kinds between worst severe serious high low critical medium hit hits behaving behave stuck anyway currently present
looks overall since last upto expire expires expired expiry expiration certificate certificates https http valid validity renew renews renewed page pages load loads slow slower revision revisions run runs ran outside except excluding began begin begins five ten six four seven eight nine summary summarise summarize compare translate generate design recommend suggest opinion optimise optimize
`;

const wordsIn = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
const keywordList = wordsIn(keywords);
const keywordSet = new Set(keywordList);
const ordinarySet = new Set(wordsIn(ordinary));

/** Whether a word is of the language itself, so that it names an object only where the question says so. */
export function isKnownWord(word: string): boolean {
  return keywordSet.has(word) || ordinarySet.has(word);
}

/** Words too short to be mended by their distance. */
const slips: Readonly<Record<string, string>> = {
  wat: 'what',
  wht: 'what',
  waht: 'what',
  whi: 'why',
  wy: 'why',
  hwy: 'why',
  hwo: 'how',
  mny: 'many',
  lst: 'list',
  lgs: 'logs',
  shw: 'show',
  ndoes: 'nodes',
};

/** The keyword that was most likely meant by a misspelt word; null for what resembles none. Short words are left alone. */
export function mendedWord(word: string, further: readonly string[] = []): string | null {
  const slip = slips[word];
  if (slip !== undefined) return slip;
  if (word.length < 4 || !/^[a-z]+$/.test(word) || isKnownWord(word)) return null;
  return nearMiss(word, [...keywordList, ...further]);
}
