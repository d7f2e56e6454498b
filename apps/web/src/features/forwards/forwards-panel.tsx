import { useState } from 'react';
import { ForwardsView } from './forwards-view.tsx';

/** The forwards in the dock. */
export function ForwardsPanel() {
  const [openId, setOpenId] = useState<string | null>(null);
  return <ForwardsView openId={openId} onOpen={setOpenId} />;
}
