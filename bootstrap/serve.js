import { runProgram } from './step.js';
import { runWorkbench } from './workbench.js';

/** The workbench under the Node that runs this file, with nothing prepared: what `qd` without a command runs. */
await runProgram(() => runWorkbench(process.execPath, process.argv.slice(2)));
