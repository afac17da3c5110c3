import { propertyObject } from '../custom-properties.ts'
import { maySee } from '../http/actor.ts'
import { type Operation, ok, onOrganization } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { fullName } from '../payloads/repository.ts'
import { propertyValues } from '../property-values.ts'

const properties = (heading: string) => `orgs/custom-properties#${heading}`

export const customPropertyOperations: readonly Operation[] = [
  onOrganization(
    'GET /orgs/{org}/properties/schema',
    properties('get-all-custom-properties-for-an-organization'),
    ({ world }, organization) =>
      ok([...organization.customProperties.values()].map((each) => propertyObject(world, organization, each))),
  ),
  onOrganization(
    'GET /orgs/{org}/properties/values',
    properties('list-custom-property-values-for-organization-repositories'),
    (call, organization) => {
      const seen = [...organization.repositories.values()].filter((repository) => maySee(call.actor, repository))
      const { page, headers } = paginate(call, seen)
      const body = page.map((repository) => ({
        repository_id: repository.id,
        repository_name: repository.name,
        repository_full_name: fullName(repository),
        properties: propertyValues(repository),
      }))
      return { status: 200, body, headers }
    },
  ),
]
