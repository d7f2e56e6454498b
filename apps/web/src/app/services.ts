import { createContext, useContext } from 'react';
import type { ApiClient } from '../api/client.ts';
import type { LiveClient } from '../live/live-client.ts';

/** What reaches the server; made once in main. */
export interface Services {
  api: ApiClient;
  live: LiveClient;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices needs a ServicesContext above it.');
  return services;
}
