export { type CrashReport, type CrashTrial, crashTrial } from './crash-trial.ts';
export { startPostgres } from './postgres-server.ts';
