import { access } from './access.ts';
import { account } from './account.ts';
import { actions } from './actions.ts';
import { administration } from './administration.ts';
import { advice } from './advice.ts';
import { alerts } from './alerts.ts';
import { api } from './api.ts';
import { askAbout } from './ask-about.ts';
import { assistance } from './assistance.ts';
import { assistant } from './assistant.ts';
import { audit } from './audit.ts';
import { chat } from './chat.ts';
import { clusters } from './clusters.ts';
import { commands } from './commands.ts';
import { common } from './common.ts';
import { compare } from './compare.ts';
import { cost } from './cost.ts';
import { create } from './create.ts';
import { deletion } from './deletion.ts';
import { dock } from './dock.ts';
import { drain } from './drain.ts';
import { editor } from './editor.ts';
import { events } from './events.ts';
import { explain } from './explain.ts';
import { files } from './files.ts';
import { fleet } from './fleet.ts';
import { forwards } from './forwards.ts';
import { helm } from './helm.ts';
import { issueDetail } from './issue-detail.ts';
import { issueNotices } from './issue-notices.ts';
import { issues } from './issues.ts';
import { knowledge } from './knowledge.ts';
import { logins } from './logins.ts';
import { logs } from './logs.ts';
import { mcp } from './mcp.ts';
import { metrics } from './metrics.ts';
import { modelRuns } from './model-runs.ts';
import { namespaces } from './namespaces.ts';
import { navigation } from './navigation.ts';
import { objectActions } from './object-actions.ts';
import { objectDetail } from './object-detail.ts';
import { objectSummary } from './object-summary.ts';
import { overview } from './overview.ts';
import { pages } from './pages.ts';
import { palette } from './palette.ts';
import { prompts } from './prompts.ts';
import { providers } from './providers.ts';
import { resources } from './resources.ts';
import { rollouts } from './rollouts.ts';
import { runs } from './runs.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { shells } from './shells.ts';
import { sizing } from './sizing.ts';
import { storage } from './storage.ts';
import { table } from './table.ts';
import { terminal } from './terminal.ts';
import { topology } from './topology.ts';
import { tree } from './tree.ts';
import { tutorial } from './tutorial.ts';
import { welcome } from './welcome.ts';

/**
 * One file a feature, named after its folder. A text is a string, or a function of what it speaks of, so that each
 * language puts words and plurals in its own order. Other languages are held complete by the type of this one.
 */
export const en = {
  sizing,
  storage,
  welcome,
  tutorial,
  access,
  actions,
  commands,
  common,
  compare,
  create,
  dock,
  editor,
  advice,
  alerts,
  events,
  fleet,
  helm,
  logs,
  deletion,
  drain,
  navigation,
  issueDetail,
  issueNotices,
  issues,
  mcp,
  metrics,
  objectActions,
  objectDetail,
  objectSummary,
  overview,
  pages,
  palette,
  rollouts,
  providers,
  modelRuns,
  cost,
  knowledge,
  prompts,
  runs,
  settings,
  namespaces,
  resources,
  table,
  terminal,
  tree,
  shells,
  topology,
  forwards,
  explain,
  files,
  session,
  account,
  administration,
  askAbout,
  assistance,
  assistant,
  audit,
  chat,
  clusters,
  logins,
  api,
};

export type Messages = typeof en;
