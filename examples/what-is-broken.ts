import { connect, diagnose, plan } from 'quarterdeck';

/** Prints what is broken, why, and the first step that mends it: `node what-is-broken.ts [RECORDING]`. */
const recording = process.argv[2];
await using cluster = await connect(recording === undefined ? {} : { recording });
const { issues, coverage } = await diagnose(cluster);

for (const issue of issues) {
  const [step] = plan(issue).quickFix.steps;
  console.log(`${issue.severity}: ${issue.title}\n  ${issue.explanation}\n  ${step?.kubectl ?? step?.description ?? 'There is no step that mends it.'}`);
}
for (const { what, reason } of coverage.skipped) console.log(`Not seen: ${what} (${reason})`);
