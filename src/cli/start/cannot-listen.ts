import { WrongConfiguration } from '../../config.ts'

export const cannotListen =
  ({ host, port }: { readonly host: string; readonly port: number }) =>
  (error: NodeJS.ErrnoException): never => {
    const reasons: Record<string, string> = {
      EADDRINUSE: `Port ${port} of ${host} is in use. Set PORT to a free one.`,
      EACCES: `Port ${port} of ${host} takes more rights than this process has. Set PORT to one from 1024.`,
      EADDRNOTAVAIL: `${host} is no address of this machine. Set HOST to one, e.g. 127.0.0.1 or 0.0.0.0.`,
      ENOTFOUND: `${host} is no known address. Set HOST to one of this machine, e.g. 127.0.0.1 or 0.0.0.0.`,
    }
    throw new WrongConfiguration(reasons[error.code ?? ''] ?? error.message, { cause: error })
  }
