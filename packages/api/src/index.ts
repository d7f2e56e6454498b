export { AppError, type Coverage, type IssueDetail, type KubeObject, type Plan, type PlanStep } from '@quarterdeck/contract';
export { type ConnectedCluster, type ConnectOptions, connect } from './connect.ts';
export { type DiagnoseOptions, diagnose, type Report } from './diagnose.ts';
export { type PlanWishes, plan } from './plan.ts';
