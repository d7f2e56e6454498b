import { createContext, useContext } from 'react';
import type { ApiClient } from '../api/client.ts';
import type { LiveClient } from '../live/live-client.ts';

/** What reaches the server, and what the address brought for it; made once in main. */
export interface Services {
  api: ApiClient;
  live: LiveClient;
  /** The setup token of the address that was opened; null where it had none. */
  setupToken: string | null;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices needs a ServicesContext above it.');
  return services;
}
