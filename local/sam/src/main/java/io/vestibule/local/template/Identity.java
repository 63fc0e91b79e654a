package io.vestibule.local.template;

import java.util.Map;

/**
 * How the rest of the template names a resource that has come into being.
 *
 * @param ref what {@code Ref} gives; empty if that is not known before the stack is up
 * @param attributes what {@code Fn::GetAtt} gives, by attribute name
 */
record Identity(String ref, Map<String, String> attributes) {

  static Identity of(String ref) {
    return new Identity(ref, Map.of());
  }

  static Identity of(String ref, String arn) {
    return new Identity(ref, Map.of("Arn", arn));
  }
}
