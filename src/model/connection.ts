/** `app`: an installation of the GitHub App. `token`: a personal access token. */
export type ConnectionKind = 'app' | 'token'

/** `active` works, `suspended` waits for an owner of the organization, `removed` is uninstalled or removed by us. */
export type ConnectionStatus = 'active' | 'suspended' | 'removed'

/** How one organization is reached. Every row of the CMDB belongs to one; every query names one. */
export interface Connection {
  readonly id: number
  readonly kind: ConnectionKind
  /** The organization's numeric id: what stays when it is renamed. */
  readonly organizationId: number
  readonly organizationNodeId: string
  readonly login: string
  /** Null for a token. */
  readonly installationId: number | null
  readonly status: ConnectionStatus
  readonly createdAt: number
}

export type NewConnection = Omit<Connection, 'id' | 'createdAt' | 'status'>
