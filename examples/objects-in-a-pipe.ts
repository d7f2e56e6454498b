import { text } from 'node:stream/consumers';
import { diagnose, type KubeObject } from 'quarterdeck';

/** Looks at objects without a cluster: `kubectl get all,secrets -o json | node objects-in-a-pipe.ts`. Ends with 2 where something is broken. */
const { items }: { items: KubeObject[] } = JSON.parse(await text(process.stdin));
const { issues } = await diagnose(items);
for (const { title, explanation, confidence } of issues) console.log(`${title} (${confidence}): ${explanation}`);
process.exitCode = issues.length === 0 ? 0 : 2;
