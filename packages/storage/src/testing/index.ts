export { type CrashReport, type CrashTrial, crashTrial } from './crash-trial.ts';
export { startEngines, type TestEngines } from './engines.ts';
export { startPostgres } from './postgres-server.ts';
