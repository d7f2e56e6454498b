import type { AnyCommand } from '../command.ts';
import { actionsList } from './actions-list.ts';
import { actionsShow } from './actions-show.ts';
import { actionsUndo } from './actions-undo.ts';
import { alertsAdd } from './alerts-add.ts';
import { alertsList } from './alerts-list.ts';
import { alertsRemove } from './alerts-remove.ts';
import { alertsTest } from './alerts-test.ts';
import { annotate } from './annotate.ts';
import { apiResources } from './api-resources.ts';
import { apiVersions } from './api-versions.ts';
import { apply } from './apply.ts';
import { ask } from './ask.ts';
import { attach } from './attach.ts';
import { auditExport } from './audit-export.ts';
import { auditList } from './audit-list.ts';
import { auditShow } from './audit-show.ts';
import { auditVerify } from './audit-verify.ts';
import { authCanI } from './auth-can-i.ts';
import { authLogin } from './auth-login.ts';
import { authLogout } from './auth-logout.ts';
import { authTokenCreate } from './auth-token-create.ts';
import { authTokenList } from './auth-token-list.ts';
import { authTokenRevoke } from './auth-token-revoke.ts';
import { authWhoami } from './auth-whoami.ts';
import { clusterInfo } from './cluster-info.ts';
import { clusters } from './clusters.ts';
import { clustersCheck } from './clusters-check.ts';
import { configGet } from './config-get.ts';
import { configList } from './config-list.ts';
import { configSet } from './config-set.ts';
import { configUnset } from './config-unset.ts';
import { cordon } from './cordon.ts';
import { cp } from './cp.ts';
import { create } from './create.ts';
import { createJob } from './create-job.ts';
import { debug } from './debug.ts';
import { deleteObjects } from './delete.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { drain } from './drain.ts';
import { edit } from './edit.ts';
import { events } from './events.ts';
import { evict } from './evict.ts';
import { exec } from './exec.ts';
import { explain } from './explain.ts';
import { explainCheck } from './explain-check.ts';
import { fix } from './fix.ts';
import { get } from './get.ts';
import { helmDiff } from './helm-diff.ts';
import { helmHistory } from './helm-history.ts';
import { helmInstall } from './helm-install.ts';
import { helmList } from './helm-list.ts';
import { helmManifest } from './helm-manifest.ts';
import { helmNotes } from './helm-notes.ts';
import { helmRollback } from './helm-rollback.ts';
import { helmStatus } from './helm-status.ts';
import { helmUninstall } from './helm-uninstall.ts';
import { helmUpgrade } from './helm-upgrade.ts';
import { helmValues } from './helm-values.ts';
import { instructions } from './instructions.ts';
import { issues } from './issues.ts';
import { just } from './just.ts';
import { knowledgeExport } from './knowledge-export.ts';
import { knowledgeRate } from './knowledge-rate.ts';
import { knowledgeSearch } from './knowledge-search.ts';
import { label } from './label.ts';
import { lint } from './lint.ts';
import { login } from './login.ts';
import { logs } from './logs.ts';
import { mcp } from './mcp.ts';
import { memoryAdd } from './memory-add.ts';
import { memoryClear } from './memory-clear.ts';
import { memoryEdit } from './memory-edit.ts';
import { memoryShow } from './memory-show.ts';
import { modelKeyRemove } from './model-key-remove.ts';
import { modelKeySet } from './model-key-set.ts';
import { modelList } from './model-list.ts';
import { modelTest } from './model-test.ts';
import { modelUse } from './model-use.ts';
import { patch } from './patch.ts';
import { plan } from './plan.ts';
import { portForward } from './port-forward.ts';
import { replace } from './replace.ts';
import { rolloutHistory } from './rollout-history.ts';
import { rolloutPause } from './rollout-pause.ts';
import { rolloutRestart } from './rollout-restart.ts';
import { rolloutResume } from './rollout-resume.ts';
import { rolloutStatus } from './rollout-status.ts';
import { rolloutUndo } from './rollout-undo.ts';
import { sandbox } from './sandbox.ts';
import { scale } from './scale.ts';
import { setImage } from './set-image.ts';
import { snapshotOpen } from './snapshot-open.ts';
import { snapshotSave } from './snapshot-save.ts';
import { start } from './start.ts';
import { storageBackup } from './storage-backup.ts';
import { storageCheck } from './storage-check.ts';
import { storageExport } from './storage-export.ts';
import { storageImport } from './storage-import.ts';
import { storageRotateKey } from './storage-rotate-key.ts';
import { suspend } from './suspend.ts';
import { top } from './top.ts';
import { uncordon } from './uncordon.ts';
import { unsuspend } from './unsuspend.ts';
import { version } from './version.ts';
import { vibe } from './vibe.ts';
import { wait } from './wait.ts';

/** Every command, in the order of the help. */
export const commands: readonly AnyCommand[] = [
  start,
  issues,
  ask,
  knowledgeSearch,
  knowledgeRate,
  knowledgeExport,
  plan,
  fix,
  vibe,
  actionsList,
  actionsShow,
  actionsUndo,
  alertsList,
  alertsAdd,
  alertsRemove,
  alertsTest,
  lint,
  explainCheck,
  get,
  describe,
  events,
  logs,
  exec,
  attach,
  debug,
  cp,
  portForward,
  clusters,
  clustersCheck,
  login,
  modelList,
  modelUse,
  modelTest,
  modelKeySet,
  modelKeyRemove,
  memoryShow,
  memoryAdd,
  memoryEdit,
  memoryClear,
  instructions,
  configList,
  configGet,
  configSet,
  configUnset,
  snapshotSave,
  snapshotOpen,
  apply,
  create,
  createJob,
  replace,
  patch,
  edit,
  deleteObjects,
  diff,
  scale,
  wait,
  rolloutStatus,
  rolloutHistory,
  rolloutUndo,
  rolloutRestart,
  rolloutPause,
  rolloutResume,
  setImage,
  label,
  annotate,
  cordon,
  uncordon,
  drain,
  evict,
  suspend,
  unsuspend,
  top,
  explain,
  apiResources,
  apiVersions,
  clusterInfo,
  helmList,
  helmHistory,
  helmStatus,
  helmValues,
  helmManifest,
  helmNotes,
  helmDiff,
  helmInstall,
  helmUpgrade,
  helmRollback,
  helmUninstall,
  auditList,
  auditShow,
  auditVerify,
  authLogin,
  authLogout,
  authWhoami,
  authCanI,
  authTokenCreate,
  authTokenList,
  authTokenRevoke,
  auditExport,
  storageBackup,
  storageCheck,
  storageExport,
  storageImport,
  storageRotateKey,
  sandbox,
  mcp,
  just,
  doctor,
  version,
];
