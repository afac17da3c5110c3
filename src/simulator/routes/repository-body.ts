import { z } from 'zod'
import type { RepositorySettings } from '../repository-settings.ts'

const flag = z.boolean().optional()

/** REST's names of the settings. */
const settings = z.object({
  has_issues: flag,
  has_projects: flag,
  has_wiki: flag,
  has_discussions: flag,
  is_template: flag,
  allow_forking: flag,
  allow_merge_commit: flag,
  allow_squash_merge: flag,
  allow_rebase_merge: flag,
  allow_auto_merge: flag,
  allow_update_branch: flag,
  delete_branch_on_merge: flag,
  web_commit_signoff_required: flag,
})

const feature = z.object({ status: z.enum(['enabled', 'disabled']) }).optional()

export const updateBody = z.object({
  name: z.string().optional(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  private: flag,
  visibility: z.enum(['public', 'private', 'internal']).optional(),
  default_branch: z.string().optional(),
  archived: flag,
  security_and_analysis: z
    .object({
      secret_scanning: feature,
      secret_scanning_push_protection: feature,
      dependabot_security_updates: feature,
    })
    .nullish(),
})

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const byCamelName = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [camel(name), value]),
  ) as Partial<RepositorySettings>

/** The settings that a body names; those of another type than GitHub's are passed over. */
export function settingsIn(body: Readonly<Record<string, unknown>>): Partial<RepositorySettings> {
  const parsed = settings.safeParse(body)
  return parsed.success ? byCamelName(parsed.data) : {}
}

export function securityIn({ security_and_analysis }: z.infer<typeof updateBody>): Partial<RepositorySettings> {
  const features = Object.entries(security_and_analysis ?? {})
  return byCamelName(Object.fromEntries(features.map(([name, value]) => [name, value && value.status === 'enabled'])))
}
