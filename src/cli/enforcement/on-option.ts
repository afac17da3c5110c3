import { Option } from 'commander'

/** Which organization. */
export const onOption = (): Option => new Option('--on <login>', 'the organization')
