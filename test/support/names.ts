// Names below `.example` are on nobody's network: here they are this machine. Loaded before a program, or by a test.
import dns from 'node:dns'

dns.lookup = new Proxy(dns.lookup, {
  apply: (lookup, self, [host, ...rest]) =>
    Reflect.apply(lookup, self, [/\.example$/.test(host) ? '127.0.0.1' : host, ...rest]),
})
