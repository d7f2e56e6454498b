import { askAboutAction } from '../ask-about/ask-about-action.ts';
import { browseFiles } from '../files/browse-files.ts';
import { forwardObject } from '../forwards/forward-object.ts';
import { openLogs, openPreviousLogs } from '../logs/open-logs.ts';
import { pinObject } from '../overview/pin-object.ts';
import { attach } from '../shells/attach.ts';
import { debugNode } from '../shells/debug-node.ts';
import { debugPod } from '../shells/debug-pod.ts';
import { openShell } from '../shells/open-shell.ts';
import { copyKubectl } from './copy-kubectl.ts';
import { copyLink } from './copy-link.ts';
import { copyName } from './copy-name.ts';
import { cordon } from './cordon.ts';
import { drain } from './drain.ts';
import { edit } from './edit.ts';
import { evict } from './evict.ts';
import { goToOwner } from './go-to-owner.ts';
import type { ObjectAction } from './object-action.ts';
import { openObject } from './open-object.ts';
import { pauseRollout } from './pause-rollout.ts';
import { remove } from './remove.ts';
import { restart } from './restart.ts';
import { resumeRollout } from './resume-rollout.ts';
import { scale } from './scale.ts';
import { setAnnotations } from './set-annotations.ts';
import { setImage } from './set-image.ts';
import { setLabels } from './set-labels.ts';
import { showRollouts } from './show-rollouts.ts';
import { showYaml } from './show-yaml.ts';
import { suspend } from './suspend.ts';
import { trigger } from './trigger.ts';
import { uncordon } from './uncordon.ts';
import { unsuspend } from './unsuspend.ts';
import { usedBy } from './used-by.ts';

/** In the order of the menus. */
export const allObjectActions: readonly ObjectAction[] = [
  openObject,
  showYaml,
  openLogs,
  openPreviousLogs,
  showRollouts,
  goToOwner,
  usedBy,
  askAboutAction,
  copyName,
  copyKubectl,
  copyLink,
  pinObject,
  openShell,
  attach,
  debugPod,
  debugNode,
  forwardObject,
  browseFiles,
  edit,
  restart,
  scale,
  setImage,
  pauseRollout,
  resumeRollout,
  trigger,
  suspend,
  unsuspend,
  cordon,
  uncordon,
  drain,
  setLabels,
  setAnnotations,
  evict,
  remove,
];
