import { pageKeyHeader } from '@quarterdeck/contract';

export interface UploadOptions {
  signal: AbortSignal;
  onBytes(bytes: number): void;
}

export interface FileAnswer {
  status: number;
  statusText: string;
  text: string;
}

export type SendFile = (url: string, method: string, content: Blob, pageKey: string | null, options: UploadOptions) => Promise<FileAnswer>;

/** Sends a file as the body of a call; `fetch` can't say how much of it has gone. Rejects where there is no answer. */
export const sendFile: SendFile = (url, method, content, pageKey, { signal, onBytes }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, url);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    if (pageKey !== null) request.setRequestHeader(pageKeyHeader, pageKey);
    request.upload.onprogress = ({ loaded }) => onBytes(loaded);
    request.onload = () => resolve({ status: request.status, statusText: request.statusText, text: request.responseText });
    request.onerror = () => reject(new TypeError('The connection broke off.'));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) return reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.send(content);
  });
