import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className="chat-icon"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const SendIcon = () => (
  <Icon>
    <path d="M8 13V3M3.5 7.5 8 3l4.5 4.5" />
  </Icon>
);
export const StopIcon = () => (
  <Icon>
    <rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" />
  </Icon>
);
export const AttachIcon = () => (
  <Icon>
    <path d="m12.5 7.5-5 5a3 3 0 0 1-4.2-4.2l5.3-5.3a2 2 0 0 1 2.9 2.9l-5.2 5.2a1 1 0 0 1-1.4-1.5l4.6-4.6" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
export const UpIcon = () => (
  <Icon>
    <path d="M5 7v6H3V7zM5 7l3-4.5c1.2 0 1.6 1 1.2 2.2L8.8 6H12c.9 0 1.4.8 1.1 1.6l-1.4 4.5c-.2.6-.6.9-1.2.9H5" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="M11 9V3h2v6zM11 9l-3 4.5c-1.2 0-1.6-1-1.2-2.2L7.2 10H4c-.9 0-1.4-.8-1.1-1.6l1.4-4.5c.2-.6.6-.9 1.2-.9H11" />
  </Icon>
);
export const BeforeIcon = () => (
  <Icon>
    <path d="M10 3.5 5.5 8l4.5 4.5" />
  </Icon>
);
export const AfterIcon = () => (
  <Icon>
    <path d="M6 3.5 10.5 8 6 12.5" />
  </Icon>
);
