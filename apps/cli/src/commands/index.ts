import type { AnyCommand } from '../command.ts';
import { issues } from './issues.ts';
import { logs } from './logs.ts';
import { mcp } from './mcp.ts';
import { plan } from './plan.ts';
import { sandbox } from './sandbox.ts';
import { snapshotOpen } from './snapshot-open.ts';
import { snapshotSave } from './snapshot-save.ts';
import { start } from './start.ts';
import { version } from './version.ts';

/** Every command, in the order of the help. */
export const commands: readonly AnyCommand[] = [start, issues, plan, logs, snapshotSave, snapshotOpen, sandbox, mcp, version];
