package io.vestibule.local.corpus;

import java.util.Map;
import java.util.Set;

/**
 * A post to the contact form.
 *
 * @param email whom the mail must reach, if it is taken
 */
public record Sample(String email, Body body, Expected expected) {

  /** What must come of it. */
  public sealed interface Expected {

    /** It is taken, and these values are kept, and no others; the address among them. */
    record Kept(Map<String, String> values) implements Expected {}

    /** It is kept for a person to look at, because it smells of a machine; nobody is mailed. */
    record Held() implements Expected {}

    /**
     * It is refused.
     *
     * @param names what the answer must name; nothing, if no value can be read
     */
    record Refused(Set<String> names) implements Expected {}
  }

  static Sample kept(Map<String, String> values, Body body) {
    return new Sample(values.getOrDefault("email", ""), body, new Expected.Kept(values));
  }

  static Sample refused(Body body, String... names) {
    return new Sample("", body, new Expected.Refused(Set.of(names)));
  }
}
