import type { Folder } from './folder.ts'
import type { NewPolicySetting, PolicyPath, PolicyPlace, PolicySetting } from './policy.ts'
import type { Governing, NewPolicyAttachment, NewStoredPack, PolicyAttachment, StoredPack } from './policy-pack.ts'

/** Folders belong to whoever runs Guardpost: only those with a role everywhere are shown them. */
export interface FolderStore {
  /** All of them, by title. */
  list(): Promise<Folder[]>
  get(id: number): Promise<Folder | null>
  /** Null: its parent has one of that title. */
  make(folder: Pick<Folder, 'parentId' | 'title'>, now: number): Promise<Folder | null>
  /** Renames or moves. False: its parent has one of that title. */
  change(id: number, folder: Pick<Folder, 'parentId' | 'title'>): Promise<boolean>
  /** With what is set on it and attached to it. Throws where folders or organizations are in it. */
  remove(id: number): Promise<void>
  /** The folder that an organization is in. */
  of(connectionId: number): Promise<number>
  put(connectionId: number, folderId: number): Promise<void>
  /** The connections whose organizations are in it or in folders below it. */
  connections(folderId: number): Promise<number[]>
  /** These organizations themselves, as far as they are recorded. */
  organizations(folderId: number): Promise<{ connectionId: number; resourceId: number }[]>
}

export interface PolicyStore {
  /** Settings on an organization and below it, of one policy or all, those in force at any time included. */
  list(connectionId: number, path?: PolicyPath): Promise<PolicySetting[]>
  ofFolder(folderId: number): Promise<PolicySetting[]>
  /** Sets, or replaces the setting of the same place, selector and path. */
  set(setting: NewPolicySetting, now: number): Promise<PolicySetting>
  /** False: there was none. */
  unset(setting: PolicyPlace & Pick<PolicySetting, 'path' | 'selector'>): Promise<boolean>
  /** What answers for an organization and all below it. */
  governing(connectionId: number): Promise<Governing>
  /** What answers for whatever is in a folder. */
  governingFolder(folderId: number): Promise<Governing>
}

export interface PackStore {
  /** Those of an organization; null: the operator's. By name. */
  list(connectionId: number | null): Promise<StoredPack[]>
  /** One of the organization's or the operator's; null: one of the operator's. */
  get(connectionId: number | null, id: number): Promise<StoredPack | null>
  /** Makes it, or replaces the one of the same connection and name. */
  save(pack: NewStoredPack, now: number): Promise<StoredPack>
  /** False: there was none. Throws where it is attached. */
  remove(connectionId: number | null, id: number): Promise<boolean>
}

export interface AttachmentStore {
  /** On an organization and below it, in order. */
  list(connectionId: number): Promise<PolicyAttachment[]>
  ofFolder(folderId: number): Promise<PolicyAttachment[]>
  /** Where a kept pack is attached, in all of Guardpost. */
  ofPack(packId: number): Promise<PolicyAttachment[]>
  /** The one there already, where the same pack is attached to the same place with the same selector. */
  add(attachment: NewPolicyAttachment, now: number): Promise<PolicyAttachment>
  /** Puts the attachments of a place in this order; those not named come after. */
  order(place: PolicyPlace, ids: readonly number[]): Promise<void>
  /** False: there was none. */
  remove(place: PolicyPlace, id: number): Promise<boolean>
}
