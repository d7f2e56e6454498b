export { StoredActions } from './actions/action-store.ts';
export { openAssistantStore } from './assistant/assistant-store.ts';
export { type OpenStorage, openStorage, type StorageOptions } from './database/open-storage.ts';
export { storageError, storageFault } from './database/storage-error.ts';
export { parseStorageUrl, type StorageUrl, storageUrlOf, storageVariable } from './database/storage-url.ts';
export type { Tables } from './database/tables.ts';
export { foundOrganisation, foundTeam } from './identity/found-organisation.ts';
export { countFailedLogin, forgetLoginAttempts, type LoginAttempts, readLoginAttempts } from './identity/login-attempts.ts';
export {
  alone,
  createOrganisation,
  deleteMembership,
  type Member,
  type PolicySubject,
  putAccessPolicy,
  putMembership,
  readMembers,
  readRolePolicies,
} from './identity/organisations.ts';
export {
  createPersonalToken,
  deletePersonalTokens,
  findPersonalToken,
  readPersonalTokens,
  type StoredToken,
  touchPersonalToken,
} from './identity/personal-tokens.ts';
export { createRole, deleteRole, readRoles, replaceRole, type StoredRole } from './identity/roles.ts';
export {
  createSession,
  deleteEndedLogins,
  deleteSessions,
  findSession,
  moveSession,
  readSessions,
  type StoredSession,
  touchSession,
} from './identity/sessions.ts';
export { createSigningKey, deleteSigningKey, readSigningKeys, type StoredSigningKey } from './identity/signing-keys.ts';
export { createUser, findFederatedUser, findUser, hasUsers, linkFederatedUser, readIssuers, type StoredUser, updateUser } from './identity/users.ts';
export { actId } from './ledger/act-id.ts';
export { type Acting, type ActLogOptions, actLog } from './ledger/act-log.ts';
export { actionRecovery } from './ledger/close-act.ts';
export { Ledger } from './ledger/ledger.ts';
export { type LedgerLimits, pruneLedger, usualLimits } from './ledger/prune-ledger.ts';
export { noAct, readAct, readActs, readEntries } from './ledger/read-acts.ts';
export { countUnfinished, type LedgerAnchor, parseAnchor, readHead, verifyLedger } from './ledger/verify-ledger.ts';
export { type KeySource, keySourceOf } from './secrets/key-source.ts';
export { type Keychain, systemKeychain } from './secrets/keychain.ts';
export { openSecretStore, rotateKey, type SecretStore } from './secrets/secret-store.ts';
export { keychainVault, type SecretVault, storeVault } from './secrets/secret-vaults.ts';
export { type Dismissal, deleteDismissals, putDismissal, readDismissals } from './state/dismissals.ts';
export { type ForwardDeclaration, forgetForward, readForwards, writeForward } from './state/forwards.ts';
export { backupStorage } from './transfer/backup.ts';
export { checkStorage } from './transfer/check-storage.ts';
export { exportStorage } from './transfer/export-storage.ts';
export { importStorage } from './transfer/import-storage.ts';
export { storageStatus } from './transfer/storage-status.ts';
