/*
 * `toEqual` of Jest and Vitest and `assert.deepStrictEqual` compare own enumerable properties, and know nothing of private
 * fields. So what keeps its numbers in private fields needs such a property that shows them. A copy for each tensor would
 * cost a step its speed, and so would a getter, which `Object.defineProperty` has to define anew for each (300 ns). A proxy
 * takes 10 ns, and reads when it is read.
 */

/**
 * Makes objects that look like `{ [name]: read(target) }` to code that compares them, and read only when they
 * are asked.
 */
export function contentReader<Name extends string, Target extends object, Value>(
  name: Name,
  read: (target: Target) => Value,
): (target: Target) => { readonly [key in Name]: Value } {
  const handler: ProxyHandler<Target> = {
    ownKeys: () => [name],
    has: (_, key) => key === name || key in Object.prototype,
    get: (target, key) => (key === name ? read(target) : Reflect.get(Object.prototype, key)),
    getOwnPropertyDescriptor: (target, key) =>
      key === name ? { value: read(target), enumerable: true, configurable: true } : undefined,
    getPrototypeOf: () => Object.prototype,
    set: () => false,
    defineProperty: () => false,
  };
  return (target) => new Proxy(target, handler) as unknown as { readonly [key in Name]: Value };
}
