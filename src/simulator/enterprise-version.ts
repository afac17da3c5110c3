/** The version that the simulated GitHub Enterprise Server says it has. */
export const enterpriseVersion = '3.19.1'
