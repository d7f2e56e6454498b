import { prepare } from './prepare.js';
import { runProgram } from './step.js';
import { runWorkbench } from './workbench.js';

/** `npm start`: prepares what is missing, then runs the workbench until it is ended. */
await runProgram(async () => {
  const runtime = await prepare({ web: true });
  return runWorkbench(runtime.program, process.argv.slice(2));
});
