import { prepare } from './prepare.js';
import { runProgram } from './step.js';

/** `npm run setup`: prepares everything and starts nothing. */
await runProgram(async () => {
  const runtime = await prepare({ web: true });
  process.stdout.write(`Ready: Node ${runtime.version} at ${runtime.program}\n`);
  return 0;
});
