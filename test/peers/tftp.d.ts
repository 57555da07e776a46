/** What our tests use of the npm package `tftp` 0.1.2, which brings no types. */
declare module 'tftp' {
  export interface ClientOptions {
    readonly host?: string;
    readonly port?: number;
    readonly blockSize?: number;
    readonly windowSize?: number;
  }

  export interface Client {
    get(remoteFile: string, localFile: string, callback: (error: Error | null | undefined) => void): void;
  }

  export function createClient(options: ClientOptions): Client;
}
