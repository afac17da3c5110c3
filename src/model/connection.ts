/** `app`: an installation of the GitHub App. `token`: a personal access token. */
export type ConnectionKind = 'app' | 'token'

/**
 * `active` works, `suspended` waits for an owner of the organization, `uninstalled` is known still but not reached any more.
 * `removing` is on its way out: nothing but the removal is done for it. Of a `removed` one nothing is left but its row.
 */
export const connectionStatuses = ['active', 'suspended', 'uninstalled', 'removing', 'removed'] as const

export type ConnectionStatus = (typeof connectionStatuses)[number]

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

/** Whether a person had it removed: what still comes of it is nobody's business any more. */
export const isLeaving = ({ status }: Pick<Connection, 'status'>): boolean =>
  status === 'removing' || status === 'removed'
